// The attendance sheet: from home in one tap, twelve people with two exceptions in six taps, somebody unannounced, closing, paper.
export const needs = 'jalon';

const STAFF = 'Coordination';
const sheetOf = page => page.locator('.tasks a[href^="/seances/"]').first();
const rows = page => page.locator('fieldset.mark');
const choose = (row, letter) => row.locator(`label:has([value=${letter}])`).click();

// Each press counts; nothing is typed.
function counting(page) {
	let taps = 0;
	const tap = async locator => { taps++; await locator.click(); };
	return { tap, taps: () => taps };
}

async function openAgain(page) {
	const again = page.locator('form[action$="/reouverture"] button');
	if (await again.count() > 0) {
		await again.click();
		await page.waitForLoadState();
	}
}

async function sixTaps(page) {
	const { tap, taps } = counting(page), faults = [];
	await page.goto('/');
	await tap(sheetOf(page));
	await rows(page).first().waitFor();
	const people = await rows(page).count();
	if (await page.locator('fieldset.mark :checked').count() > 0)
		faults.push('something is chosen before anybody chose');
	await tap(page.locator('button[value=tous]'));
	await page.locator('fieldset.mark:nth-of-type(2) [value=P]:checked').waitFor();
	await tap(rows(page).nth(1).locator('label:has([value=A])'));
	await tap(rows(page).nth(2).locator('label:has([value=E])'));
	await tap(page.locator('button[value=enregistrer]'));
	await page.locator('.state.kept').waitFor();
	await tap(page.locator('button[value=clore]'));
	await page.locator('form[action$="/reouverture"]').waitFor();
	if (taps() > 6)
		faults.push(`${taps()} taps for ${people} people`);
	if (people < 4)
		faults.push(`only ${people} people are on the sheet`);
	return faults; // it is gone from home: the next one begins with another
}

async function late(page) {
	await page.goto('/emargements');
	await page.locator('a.button[href^="/seances/"]').first().click();
	await openAgain(page);
	await choose(rows(page).first(), 'P');
	await rows(page).first().locator('input.n').fill('500');
	await page.locator('button[value=enregistrer]').click();
	await page.locator('.faults').waitFor();
	const faults = await page.title().then(t => t.startsWith('Erreur') ? [] : ['the title does not say that there is a mistake']);
	await rows(page).first().locator('input.n').fill('45');
	await page.locator('button[value=enregistrer]').click();
	await page.locator('.state.kept').waitFor();
	if (await rows(page).first().locator('input.n').inputValue() !== '45')
		faults.push('the minutes are not kept');
	return faults;
}

async function unannounced(page) {
	await page.goto('/emargements');
	await page.locator('a.button[href^="/seances/"]').first().click();
	await openAgain(page);
	const before = await rows(page).count();
	await page.locator('button[value=ajouter]').click();
	await page.locator('#q').fill('ma');
	await page.locator('main form.find button').click();
	await page.locator('#found .count').waitFor();
	const names = page.locator('#found button[name=personne]'), n = await names.count(), faults = [];
	for (let i = 0; i < n; i++) {
		await names.nth(i).click();
		await page.locator('fieldset.mark').first().waitFor();
		if (await rows(page).count() > before)
			break;
		await page.locator('button[value=ajouter]').click();
		await page.locator('#q').fill('ma');
		await page.locator('main form.find button').click();
		await names.nth(i).waitFor();
	}
	if (await rows(page).count() <= before)
		return [`nobody of ${n} came onto the sheet`];
	if (new URL(page.url()).search.includes('q='))
		faults.push('a name stands in the address');
	await page.locator('label:has([value=R])').first().click();
	await page.locator('button[value=enregistrer]').click();
	await page.locator('.state.kept').waitFor();
	if (await rows(page).count() !== before)
		faults.push('who is taken off the sheet stays on it');
	return faults;
}

export default async function (world) {
	const first = await world.visit('/', { as: STAFF });
	const sheet = await sheetOf(first).getAttribute('href');
	await first.context().close();

	await world.examine(sheet, { as: STAFF, name: '/seances/emargement' });
	await world.examine(sheet, { as: STAFF, name: '/seances/emargement', state: 'error', status: 200, act: async page => {
		await choose(rows(page).first(), 'P');
		await rows(page).first().locator('input.n').fill('0');
		await page.locator('button[value=enregistrer]').click();
		await page.locator('.faults').waitFor();
	} });
	await world.examine(`${sheet}/ajout`, { as: STAFF, name: '/seances/emargement/ajout' });
	await world.examine(`${sheet}/imprimer`, { as: STAFF, name: '/seances/emargement/imprimer' });
	await world.print(`${sheet}/imprimer`, 'sheet-to-sign', { as: STAFF });
	await world.examine('/emargements', { as: STAFF });
	await world.journey('a sheet in six taps', { as: STAFF, plain: true }, sixTaps);
	await world.journey('minutes of who came late', { as: STAFF, plain: true }, late);
	await world.journey('somebody unannounced', { as: STAFF, plain: true }, unannounced);
	await world.examine(sheet, { as: STAFF, name: '/seances/emargement', state: 'filled' });
}
