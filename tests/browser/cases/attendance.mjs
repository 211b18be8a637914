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
	await page.locator('.faults, input.n:invalid').first().waitFor();
	const faults = [];
	if (await page.locator('.faults').count() > 0 && !(await page.title()).startsWith('Erreur'))
		faults.push('the title does not say that there is a mistake');
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
	await rows(page).nth(before).waitFor({ state: 'detached' }).catch(() => faults.push('who is taken off the sheet stays on it'));
	return faults;
}

// The network goes after the sheet was opened once: it opens again, is filled in and closed; it is sent when the network is back.
async function offline(page) {
	const context = page.context(), faults = [];
	await page.goto('/emargements');
	const place = await page.locator('a.button[href^="/seances/"]').nth(1).getAttribute('href');
	await page.goto(place);
	await openAgain(page);
	const path = page.url().split('?')[0], people = await rows(page).count();
	await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
	await kept(page, path);
	await context.setOffline(true);
	await page.goto(path);
	if (await rows(page).count() !== people)
		return [`${await rows(page).count()} of ${people} people without a network`];
	await choose(rows(page).first(), 'E');
	await choose(rows(page).nth(1), 'A');
	if (await page.locator('button[value=tous]').count() > 0)
		await page.locator('button[value=tous]').click();
	await page.locator('button[value=clore]').click();
	await page.locator('#state', { hasText: 'Sur ce téléphone' }).waitFor();
	await page.reload();
	await page.locator('#state', { hasText: 'Sur ce téléphone' }).waitFor();
	if (await rows(page).first().locator('[value=E]:checked').count() !== 1)
		faults.push('what was typed is not shown again after a reload');
	faults.push(...await plainWords(page));
	await context.setOffline(false);
	await page.evaluate(() => dispatchEvent(new Event('online'))).catch(() => {}); // it may have gone on by itself
	await page.locator('form[action$="/reouverture"]').waitFor();
	await page.locator('.state.kept', { hasText: 'Enregistré sur le serveur' }).waitFor();
	if (await waiting(page) !== 0)
		faults.push('something still waits');
	page.noise = page.noise.filter(line => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(line));
	return faults;
}

const inBase = (page, name) => page.evaluate(async name => {
	const base = await new Promise(done => { const r = indexedDB.open('jalon'); r.onsuccess = () => done(r.result); });
	const all = await new Promise(done => { const r = base.transaction(name).objectStore(name).getAll(); r.onsuccess = () => done(r.result); });
	base.close();
	return all;
}, name);
const waiting = async page => (await inBase(page, 'queue')).length;

async function kept(page, path) {
	for (let tries = 0; tries < 50; tries++) {
		if ((await inBase(page, 'pages').catch(() => [])).some(p => path.endsWith(p.path)))
			return;
		await page.waitForTimeout(100);
	}
	throw new Error('the sheet is not kept');
}

// On the telephone stands no name, neither in what waits nor in what is kept; and its key cannot be read out.
async function plainWords(page) {
	const names = (await page.locator('.mark bdi').allInnerTexts()).map(name => name.split(' ')[0]);
	const said = await page.evaluate(async () => {
		const base = await new Promise(done => { const r = indexedDB.open('jalon'); r.onsuccess = () => done(r.result); });
		const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
		const text = v => v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? new TextDecoder('latin1').decode(v) : v instanceof CryptoKey ? `extractable:${v.extractable}`
			: v && typeof v === 'object' ? Object.values(v).map(text).join(' ') : String(v);
		for (const name of base.objectStoreNames)
			texts.push(text(await new Promise(done => { const r = base.transaction(name).objectStore(name).getAll(); r.onsuccess = () => done(r.result); })));
		for (const name of await caches.keys())
			for (const request of await (await caches.open(name)).keys())
				texts.push(request.url);
		return texts.join('\n');
	});
	return [...names.filter(name => name.length > 3 && said.includes(name)).map(name => `${name} stands on the telephone in clear`),
		...said.includes('extractable:false') ? [] : ['the key can be read out']];
}

// The page as a telephone that has the style already gets it, with its script; and on a line of 200 kbit/s with 400 ms.
async function light(page) {
	const faults = [], sheet = await (await page.goto('/'), sheetOf(page).getAttribute('href'));
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Network.enable');
	await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 25000, uploadThroughput: 25000 });
	page.bytes = 0;
	const from = Date.now();
	await page.goto(sheet, { waitUntil: 'commit' });
	await choose(rows(page).first(), 'P');
	const usable = Date.now() - from;
	await page.waitForLoadState('load');
	await page.waitForTimeout(500);
	if (page.bytes > 12 * 1024)
		faults.push(`${page.bytes} bytes from home`);
	console.log(`# the sheet: ${page.bytes} bytes from home; usable after ${usable} ms at 200 kbit/s and 400 ms`);
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
		await page.evaluate(() => document.getElementById('sheet').submit()); // past the script
		await page.locator('.faults').waitFor();
	} });
	await world.examine(`${sheet}/ajout`, { as: STAFF, name: '/seances/emargement/ajout' });
	await world.examine(`${sheet}/imprimer`, { as: STAFF, name: '/seances/emargement/imprimer' });
	await world.examine(`${sheet}/signee`, { as: STAFF, name: '/seances/emargement/signee' });
	await world.print(`${sheet}/imprimer`, 'sheet-to-sign', { as: STAFF });
	await world.examine('/emargements', { as: STAFF });
	await world.journey('a sheet in six taps', { as: STAFF, plain: true }, sixTaps);
	await world.journey('minutes of who came late', { as: STAFF, plain: true }, late);
	await world.journey('somebody unannounced', { as: STAFF, plain: true }, unannounced);
	await world.journey('a sheet without a network', { as: STAFF }, offline);
	await world.journey('a light sheet', { as: STAFF }, light);
	await world.examine(sheet, { as: STAFF, name: '/seances/emargement', state: 'filled' });
}
