// Bringing an operator's spreadsheet into the records, from the file to the result, as it is and in each format; and the export.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const needs = 'jalon';

const WHO = 'Coordination';

async function choose(page, file) {
	await page.goto('/import');
	await page.getByLabel('Fichier', { exact: true }).setInputFiles(file);
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
}

// The operator's own action; sheet: by its name, when there are several.
async function say(page, { sheet, rows }) {
	if (sheet)
		await page.getByRole('radio', { name: sheet }).check();
	if (rows)
		await page.getByLabel('Qu’est-ce qu’une ligne').selectOption({ label: rows });
	const value = await page.locator('#action option').evaluateAll(all => all.find(o =>
		/mobilité/i.test(o.parentElement.label) && !/sans action/.test(o.label))?.value);
	await page.getByLabel('Opérateur et action').selectOption(value);
	await page.getByRole('button', { name: 'Voir les colonnes' }).click();
}

// The work is done beside; the page renews itself.
async function reach(page, heading) {
	await page.getByRole('heading', { level: 1, name: heading }).waitFor({ timeout: 20000 });
}

async function check(page) {
	await page.getByRole('button', { name: 'Vérifier' }).click();
	await reach(page, 'Ce que ferait l’import');
}

const path = page => new URL(page.url()).pathname;
const numbers = async page => (await page.locator('table').first().locator('tbody tr').allInnerTexts()).map(t => t.replace(/\s+/g, ' ').trim());

export default async function imports(world) {
	const folder = join(world.artefacts, 'spreadsheets');
	mkdirSync(folder, { recursive: true });
	execFileSync('python3', [join(world.here, '../cli/spreadsheets.py'), folder]);
	const file = name => join(folder, name);

	await world.examine('/import', { as: WHO, state: 'empty' });
	await world.examine('/import', { as: WHO, state: 'error', act: async page => {
		await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'photo.xlsx', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1]) });
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await page.locator('.faults').waitFor();
	} });
	await world.examine('/export', { as: WHO });

	// An .xlsx with two sheets and rows to mend, on a desk, with script; each step is looked at as it stands.
	let refused;
	await world.test('a workbook goes from the file to the records', async () => {
		const page = await world.page({ as: WHO });
		await choose(page, file('people.xlsx'));
		await world.examine(path(page), { as: WHO, name: '/import/feuille' });
		await say(page, { sheet: /Liste 2024/ });
		await world.examine(path(page), { as: WHO, name: '/import/colonnes', heavy: true });
		await world.examine(path(page), { as: WHO, name: '/import/colonnes', state: 'error', heavy: true, act: async p => {
			await p.getByLabel('B · Prénom').selectOption('family_name');
			await p.getByRole('button', { name: 'Vérifier' }).click();
			await p.locator('.faults').waitFor();
		} });
		await check(page);
		await world.examine(path(page), { as: WHO, name: '/import/controle' });
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Lignes refusées (.csv)' }).click()]);
		refused = readFileSync(await download.path(), 'utf8');
		await page.getByRole('button', { name: 'Importer 2 lignes' }).click();
		await reach(page, 'L’import est terminé');
		await world.examine(path(page), { as: WHO, name: '/import/resultat' });
		const found = await numbers(page);
		await page.context().close();
		return [found.join(';') === 'Bénéficiaire 2 0 0;Statut 2 0 0;Inscription 2 0 0' ? '' : found.join(';')].filter(Boolean);
	});

	await world.test('the refused rows come in once they are mended', async () => {
		const page = await world.page({ as: WHO, width: 360 });
		await choose(page, { name: 'corrigées.csv', mimeType: 'text/csv', buffer: Buffer.from(refused.replace('32/13/1990', '31/12/1990').replace('Martien', 'Mali')) });
		await say(page, {});
		const remembered = await page.getByText('comme vous les aviez choisies').count();
		await check(page);
		await page.getByRole('button', { name: 'Importer 2 lignes' }).click();
		await reach(page, 'L’import est terminé');
		const found = await numbers(page);
		await page.context().close();
		return [remembered === 1 ? '' : 'the columns were not remembered', found.join(';') === 'Bénéficiaire 2 0 0;Statut 2 0 0;Inscription 2 0 0' ? '' : found.join(';')].filter(Boolean);
	});

	for (const [name, width, script] of [['people.ods', 360, false], ['people.csv', 1280, false]])
		await world.test(`${name} at ${width} pixels without script is the same list and changes nothing`, async () => {
			const page = await world.page({ as: WHO, width, script });
			await choose(page, file(name));
			await say(page, { sheet: name.endsWith('.ods') ? /Liste 2024/ : undefined });
			await check(page);
			const told = await page.getByText('Tout est déjà là').count();
			await world.picture(page, `import-${name}-${width}`);
			await page.getByRole('button', { name: 'Terminer et effacer le fichier' }).click();
			const gone = await page.getByText('Le fichier est effacé du serveur').count();
			await page.context().close();
			return [told === 1 ? '' : 'it does not say so', gone === 1 ? '' : 'the file is not deleted'].filter(Boolean);
		});

	await world.test('a sheet of attendance, dates in columns, on a phone without script', async () => {
		const page = await world.page({ as: WHO, width: 360, script: false });
		await choose(page, file('people.xlsx'));
		await say(page, { sheet: /Émargement/ });
		await page.getByLabel('Durée des séances').fill('1 h 30');
		await page.getByLabel('Sorte de séances').selectOption({ index: 2 });
		await world.picture(page, 'import-emargement-360');
		await check(page);
		await page.getByRole('button', { name: 'Importer 2 lignes' }).click();
		await reach(page, 'L’import est terminé');
		const found = await numbers(page);
		await page.context().close();
		return [found.some(t => /^Séance 3 0 0/.test(t)) ? '' : found.join(';')].filter(Boolean);
	});

	await world.test('three thousand rows: the work shows how far it is, is left and found again', async () => {
		const page = await world.page({ as: WHO });
		await choose(page, file('big.xlsx'));
		await say(page, {});
		await page.getByRole('button', { name: 'Vérifier' }).click();
		const base = path(page);
		await world.picture(page, 'import-travail-1280');
		await page.goto('/');
		await page.goto(base);
		await reach(page, 'Ce que ferait l’import');
		await page.getByRole('button', { name: 'Abandonner et effacer le fichier' }).click();
		await page.context().close();
		return [];
	});

	await world.examine('/import', { as: WHO, state: 'full' });

	await world.test('the template is a workbook, and what it holds is recognised', async () => {
		const page = await world.page({ as: WHO });
		await page.goto('/import');
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /modèle vide/ }).click()]);
		const size = statSync(await download.path()).size;
		await page.context().close();
		return [download.suggestedFilename() === 'modele-import.xlsx' && size > 3000 ? '' : `${download.suggestedFilename()} ${size}`].filter(Boolean);
	});

	await world.test('everything is exported, once', async () => {
		const page = await world.page({ as: WHO });
		await page.goto('/export');
		await page.getByRole('button', { name: 'Préparer l’export' }).click();
		const fetch = page.getByRole('button', { name: 'Télécharger le .zip' });
		await fetch.waitFor({ timeout: 20000 });
		const [download] = await Promise.all([page.waitForEvent('download'), fetch.click()]);
		const head = readFileSync(await download.path()).subarray(0, 2).toString();
		await page.goto('/export');
		const again = await page.getByRole('button', { name: 'Télécharger le .zip' }).count();
		await page.context().close();
		return [head === 'PK' ? '' : 'no zip', again === 0 ? '' : 'it can be fetched again'].filter(Boolean);
	});
}
