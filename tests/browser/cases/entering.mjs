// Coming in and going out, as a person does it: password, language, what one asked for before, other sign-ins, the second step.
import { createHmac } from 'node:crypto';

export const needs = 'jalon';

const ROLE = 'Recherche'; // no other case needs its sign-in to last
const WRONG = 'ce mot de passe est faux', OTHER = 'lampe rivière ombelle tricot';

// What the door shows of a role: { email, password }.
async function accountOf(world) {
	const page = await world.visit('/connexion');
	const line = page.locator('.rows li').filter({ has: page.getByRole('button', { name: ROLE, exact: true }) });
	const [email, password] = await line.locator('bdi').allInnerTexts();
	await page.context().close();
	return { email, password };
}

async function enter(page, { email, password }, place = '/connexion') {
	await page.goto(place);
	await page.locator('#email').fill(email);
	await page.locator('#password').fill(password);
	await page.locator('form:has(#email) button').click();
}

const leave = page => page.locator('form[action="/deconnexion"] button').first().click();
const at = page => new URL(page.url()).pathname;
const expect = (what, seen, wanted) => seen === wanted ? [] : [`${what}: ${seen}, not ${wanted}`];

// On a phone all that is in the head stands behind one button.
async function unfold(page) {
	const burger = page.locator('.burger summary');
	if (await burger.isVisible())
		await burger.click();
}

// The six digits of this half minute (RFC 6238).
function digits(secret) {
	const bits = [...secret.replaceAll(/\s/g, '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac('sha1', key).update(step).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

async function inAndOut(page, account) {
	const faults = [];
	await enter(page, { ...account, password: WRONG }, '/questionnaire');
	faults.push(...expect('the address typed is kept', await page.locator('#email').inputValue(), account.email));
	await page.locator('#password').fill(account.password);
	await page.locator('form:has(#email) button').click();
	faults.push(...expect('what was asked for before is shown', at(page), '/questionnaire'));
	await unfold(page);
	await page.getByRole('button', { name: 'English' }).click();
	faults.push(...expect('the language', await page.locator('html').getAttribute('lang'), 'en'), ...expect('the same page', at(page), '/questionnaire'));
	await unfold(page);
	await page.getByRole('button', { name: 'Français' }).click();
	await unfold(page);
	await leave(page);
	await page.goto('/questionnaire');
	return [...faults, ...expect('nothing is shown after leaving', at(page), '/connexion')];
}

async function otherSignIns(world, page, account) {
	const other = await world.page();
	await enter(other, account);
	await enter(page, account);
	await page.goto('/compte');
	const ends = page.locator('form[action^="/compte/connexions/"][action$="/fin"]:not([action="/compte/connexions/fin"]) button');
	const before = await ends.count();
	await ends.first().click();
	await page.locator('.notice').waitFor();
	const faults = expect('one sign-in less', await ends.count(), before - 1);
	if (await page.locator('form[action="/compte/connexions/fin"]').count() > 0)
		await page.locator('form[action="/compte/connexions/fin"] button').click();
	await other.goto('/compte');
	faults.push(...expect('whoever was ended is out', at(other), '/connexion'), ...expect('whoever ended it is in', at(page), '/compte'));
	await other.context().close();
	return faults;
}

async function newPassword(page, account) {
	const change = async (from, to) => {
		await page.goto('/compte/mot-de-passe');
		await page.locator('input[name=mot_de_passe]').fill(from);
		await page.locator('input[name=nouveau]').fill(to);
		await page.locator('input[name=encore]').fill(to);
		await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
		await page.locator('.notice.good').waitFor();
	};
	await enter(page, account);
	await change(account.password, OTHER);
	await page.goto('/');
	await unfold(page);
	await leave(page);
	await enter(page, account);
	const faults = expect('the old password is refused', at(page), '/connexion');
	await enter(page, { ...account, password: OTHER });
	await change(OTHER, account.password);
	return faults;
}

async function secondStep(page, account) {
	await enter(page, account);
	await page.goto('/compte/second-facteur');
	await page.locator('input[name=mot_de_passe]').fill(account.password);
	await page.getByRole('button', { name: 'Commencer' }).click();
	await page.locator('input[name=code]').fill(digits(await page.locator('bdi.code').innerText()));
	await page.getByRole('button', { name: 'Confirmer' }).click();
	const codes = await page.locator('.keys li').allInnerTexts();
	await page.getByRole('link', { name: 'Je les ai notés' }).click();
	await unfold(page);
	await leave(page);
	await enter(page, account);
	const faults = expect('after the password', at(page), '/connexion/code');
	await page.goto('/questionnaire');
	faults.push(...expect('the password alone opens nothing', at(page).startsWith('/connexion'), true));
	await page.goto('/connexion/code');
	await page.locator('#code').fill(codes[0]);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await page.goto('/compte/second-facteur');
	const left = await page.locator('main').innerText();
	faults.push(...expect('a recovery code is used up', left.includes(`${codes.length - 1} codes`), true));
	await page.locator('input[name=mot_de_passe]').fill(account.password);
	await page.locator('button[formaction$="/retrait"]').click();
	await page.locator('.notice.good').waitFor();
	return faults;
}

export default async function entering(world) {
	const account = await accountOf(world);
	await world.journey('signing in, changing the language, signing out', { plain: true }, page => inAndOut(page, account));
	await world.journey('ending another sign-in', {}, page => otherSignIns(world, page, account));
	await world.journey('choosing another password', {}, page => newPassword(page, account));
	await world.journey('adding a second step and coming in with it', { plain: true }, page => secondStep(page, account));
	world.forget(ROLE);
}
