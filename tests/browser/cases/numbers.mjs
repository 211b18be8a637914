// One figure, from the contract to the records behind it: every page says the same number, and what is taken away says it too.
import { readFile } from 'node:fs/promises';

export const needs = 'jalon';

const YEAR = 'periode=contract-1', CONTRACT = `/contrats/cf-ctai-2022?${YEAR}`;
const FIGURE = 'a[href*="fiche=f11&"][href*="indicateur=1.1.beneficiaries&"][href*="case=total"]';

const number = text => Number.parseInt(text.replaceAll(/[\s\u202f\u00a0]/g, ''), 10);
const read = async (page, selector) => number(await page.locator(selector).first().innerText());
const same = (what, seen, wanted) => seen === wanted ? [] : [`${what}: ${seen}, not ${wanted}`];

// Contract, sheet, questionnaire, the figure opened, its file.
async function oneNumber(page) {
	await page.goto(CONTRACT);
	const n = await read(page, FIGURE), faults = n > 0 ? [] : ['the contract says nothing'];
	await page.locator('.node a.name[href^="/fiches/f11?"]').first().click();
	faults.push(...same('the sheet', await read(page, `table ${FIGURE}`), n));
	await page.goto(`/questionnaire?${YEAR}`);
	faults.push(...same('the table at a glance', await read(page, FIGURE), n), ...same('the questionnaire', await read(page, `table td.first ${FIGURE}`), n));
	await page.locator(`table td.first ${FIGURE}`).last().click();
	faults.push(...same('the figure opened', await read(page, '.pair div:last-child dd'), n));
	const row = page.locator('table').first().locator('tbody tr').first();
	faults.push(...same('people who count', number(await row.locator('td').last().innerText()), n));
	await row.locator('a').click();
	faults.push(...same('the list of records', await read(page, '.count'), n));
	return [...faults, ...await pagesOfTheList(page, n)];
}

// The rows of all pages together are as many as is said, and who is in them is in them once.
async function pagesOfTheList(page, n) {
	const names = [];
	for (;;) {
		names.push(...await page.locator('table').last().locator('tbody th').allInnerTexts());
		const next = page.locator('.paging a[rel=next]');
		if (await next.count() === 0)
			break;
		await next.click();
	}
	return same('rows on all pages', names.length, n);
}

// The eight cells of a line, each opened, say what stands in the table.
async function eightCells(page) {
	await page.goto(`/questionnaire?${YEAR}`);
	const links = await page.$$eval('tbody tr', rows => {
		const row = rows.find(tr => tr.querySelectorAll('a[href*="fiche=f11&"][href*="indicateur=1.1.beneficiaries&"]').length === 8);
		return [...row.querySelectorAll('td a')].map(a => ({ href: a.getAttribute('href'), text: a.innerText }));
	});
	const faults = same('cells', links.length, 8);
	for (const { href, text } of links) {
		await page.goto(href);
		faults.push(...same(href, await read(page, '.pair div:last-child dd'), number(text)));
	}
	return faults;
}

const download = async (page, selector) => {
	const [file] = await Promise.all([page.waitForEvent('download'), page.locator(selector).click()]);
	return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
};

async function takenAway(page) {
	await page.goto(`/questionnaire?${YEAR}`);
	const n = await read(page, `table td.first ${FIGURE}`);
	const table = await download(page, '.tools a[href*="questionnaire.csv"]');
	const book = await download(page, '.tools a[href*="questionnaire.xlsx"]');
	await page.locator(`table td.first ${FIGURE}`).last().click();
	const records = await download(page, '.tools a[href*="chiffre.csv"]');
	const line = table.bytes.toString('utf8').split('\n').find(l => l.includes('f11,1.1.beneficiaries,total,'));
	return [
		...line?.split(',').includes(String(n)) ? [] : [`${table.name}: ${line}`],
		...book.bytes.subarray(0, 2).toString() === 'PK' && book.bytes.length > 5000 && book.name.endsWith('.xlsx') ? [] : [`${book.name}: ${book.bytes.length} bytes`],
		...records.bytes.toString('utf8').split('\n').length > n ? [] : [`${records.name} has too few lines`],
	];
}

async function otherPeriod(page) {
	await page.goto(`/questionnaire?${YEAR}`);
	const before = await page.locator('.lede').first().innerText();
	await page.locator('details.filters summary').click();
	await page.locator('#periode').selectOption('civil-2023');
	await page.locator('details.filters button').first().click();
	await page.waitForURL(/periode=civil-2023/);
	const faults = before === await page.locator('.lede').first().innerText() ? ['the period stayed'] : [];
	if (await page.locator('main a[href*="/questionnaire/chiffre"]:not([href*="periode=civil-2023"])').count() > 0)
		faults.push('a figure opens onto another period');
	await page.locator('details.filters summary').click();
	await page.getByLabel('Premier jour').fill('le 17 octobre 2022');
	await page.getByLabel('Dernier jour').fill('31.12.22');
	await page.locator('details.filters button').last().click();
	await page.waitForURL(/du=/);
	if (await page.locator('main a[href*="/questionnaire/chiffre"]:not([href*="periode=2022-10-17..2022-12-31"])').count() > 0)
		faults.push('a figure opens onto another period than the two dates');
	return [...faults, ...await page.locator('.lede').first().innerText().then(t => t.includes('31/12/2022') ? [] : [t])];
}

// Who is in a sheet and in the same sheet is who is in the sheet: the diagonal is the questionnaire's own figures.
async function overlap(page) {
	await page.goto(`/questionnaire?${YEAR}`);
	const n = await read(page, `table td.first ${FIGURE}`);
	await page.locator('.tools a[href*="recoupements"]').click();
	await page.locator('.tabs a:not([aria-current])').click();
	const rows = await page.$$eval('table.matrix tbody tr', trs => trs.map(tr => [...tr.querySelectorAll('td')].map(td => td.innerText)));
	const both = rows.map(r => r.map(number)), faults = same('the diagonal', both[0]?.[0], n);
	if (both.some((row, i) => row.some((cell, j) => cell !== both[j][i])))
		faults.push('the table is not the same from both sides');
	return faults;
}

// The State sees how many, and neither who nor a way to them.
async function forTheState(page) {
	await page.goto(`/questionnaire?${YEAR}`);
	const n = await read(page, `table td.first ${FIGURE}`);
	await page.locator(`table td.first ${FIGURE}`).last().click();
	const faults = same('the figure opened', await read(page, '.pair div:last-child dd'), n);
	if (await page.locator('a[href^="/personnes"], a[href*="chiffre.csv"], #records').count() > 0)
		faults.push('a way to the people');
	const answer = await page.request.get('/personnes');
	return [...faults, ...same('/personnes', answer.status(), 403)];
}

async function inEnglish(page) {
	await page.goto(`/questionnaire?${YEAR}`);
	const faults = same('language', await page.locator('html').getAttribute('lang'), 'en');
	await page.locator(`table td.first ${FIGURE}`).last().click();
	await page.getByRole('heading', { name: 'Why records count or not' }).waitFor();
	return faults;
}

// Findings are as many as is said, and the sums of the comparison are those of the contract.
async function settled(page) {
	await page.goto(CONTRACT);
	const asked = await page.locator('.pair a[href$="/comparaison"]').first().innerText();
	await page.locator('.tabs a[href$="/comparaison"]').click();
	const faults = await page.locator('table').first().innerText().then(t => t.includes(asked) ? [] : [`${asked} is not in the comparison`]);
	await page.locator('.tabs a[href$="/conformite"]').click();
	const n = await read(page, '.count'), groups = await page.locator('section h2 small').allInnerTexts();
	faults.push(...same('findings', await page.locator('.tasks > li').count(), n));
	return [...faults, ...same('findings by weight', groups.reduce((sum, g) => sum + number(g.replace('(', '')), 0), n)];
}

export default async function numbers(world) {
	const as = 'Coordination';
	await world.journey('one number from the contract to the records', { as, plain: true }, oneNumber);
	await world.journey('the eight cells of a figure', { as }, eightCells);
	await world.journey('the questionnaire taken away', { as, plain: true }, takenAway);
	await world.journey('another period', { as, plain: true }, otherPeriod);
	await world.journey('who is in several sheets', { as }, overlap);
	await world.journey('a figure for the State', { as: 'État', plain: true }, forTheState);
	await world.journey('what is to settle in the contract', { as }, settled);
	await world.test('a figure in English', async () => {
		const page = await world.page({ lang: 'en' });
		await page.goto('/connexion');
		await page.getByRole('button', { name: 'Researcher', exact: true }).first().click();
		await page.locator('.me a[href="/compte"]').waitFor();
		const choose = async name => { // on the account: the other cases find it as it was
			const button = page.locator('.me').getByRole('button', { name, exact: true });
			if (await button.count() > 0)
				await Promise.all([page.waitForNavigation(), button.click()]);
		};
		await choose('English');
		const faults = await inEnglish(page);
		await choose('Français');
		await page.context().close();
		return faults;
	});
	await world.examine(`/questionnaire?${YEAR}`, { as });
	await world.examine('/questionnaire', {
		as, state: 'error', act: async page => {
			await page.locator('details.filters summary').click();
			await page.getByLabel('Premier jour').fill('demain');
			await page.locator('details.filters button').last().click();
		},
	});
	await world.examine(`/questionnaire?${YEAR}`, { as: 'Responsable chez un opérateur' });
	await world.examine(`/questionnaire/chiffre?contrat=cf-ctai-2022&${YEAR}&fiche=f11&indicateur=1.1.beneficiaries`, { as });
	await world.examine(`/questionnaire/chiffre?contrat=cf-ctai-2022&${YEAR}&fiche=f11&indicateur=1.1.beneficiaries`, { as: 'État' });
	await world.examine(`/questionnaire/recoupements?${YEAR}`, { as });
	await world.print(`/questionnaire?${YEAR}`, 'questionnaire', { as });
}
