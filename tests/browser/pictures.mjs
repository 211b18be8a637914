// The pictures of the users' guide, made anew from a demonstration: docs/fr/images/*.png. script/pictures calls this.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorld } from './world.mjs';

const here = dirname(fileURLToPath(import.meta.url)), images = join(here, '../../docs/fr/images');
const MOST = 80 * 1024; // bytes of one picture
const YEAR = 'periode=contract-1';
const LIST = `Nom;Prénom;Date de naissance;Sexe;Nationalité;Statut
Exemple-Fictif;Camille;12/03/1990;F;Afghane;Réfugié
Essai-Fictif;Sacha;01/09/1985;M;Syrienne;Protection subsidiaire
`;

async function typed(page) {
	await page.locator('main #q').pressSequentially('ahm');
	await page.locator('#found .count', { hasText: 'trouvée' }).waitFor();
}

async function sent(page) {
	await page.setInputFiles('input[type=file]', { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
	await page.locator('main form:has(input[type=file]) button').first().click();
	await page.waitForURL(/\/import\/.+/);
}

async function firstOfList(page) {
	await page.locator('#found .rows a.name').nth(3).click();
	await page.waitForURL(/\/personnes\/.+/);
}

async function backedUp(page) {
	await page.getByRole('button', { name: 'Sauvegarder maintenant' }).click();
	await page.getByText('terminé', { exact: true }).waitFor({ timeout: 30000 });
	await page.goto('/base');
}

const PICTURES = [
	{ name: 'connexion', path: '/connexion', height: 640 },
	{ name: 'a-faire', path: '/', as: 'Coordination', height: 620 },
	{ name: 'contrat', path: `/contrats/cf-ctai-2022?${YEAR}`, as: 'Coordination', height: 900 },
	{ name: 'fiche', path: `/fiches/f12?${YEAR}`, as: 'Coordination', height: 900 },
	{ name: 'questionnaire', path: `/questionnaire?${YEAR}`, as: 'Coordination', at: '#f-f11', height: 620 },
	{ name: 'chiffre', path: `/questionnaire/chiffre?contrat=cf-ctai-2022&${YEAR}&fiche=f11&indicateur=1.1.beneficiaries&case=total`, as: 'Coordination', height: 900 },
	{ name: 'recherche', path: '/personnes', as: 'Coordination', act: typed, height: 620 },
	{ name: 'dossier', path: '/personnes', as: 'Coordination', act: firstOfList, height: 900 },
	{ name: 'partenaires', path: '/partenaires', as: 'Coordination', height: 620 },
	{ name: 'import', path: '/import', as: 'Coordination', act: sent, height: 760 },
	{ name: 'acces', path: '/acces', as: 'Administrateur', height: 620 },
	{ name: 'base', path: '/base', as: 'Administrateur', act: backedUp, height: 760 },
];

// Fewer colours where the tool for it is there: a third of the size, and nobody sees it.
function lighten(file) {
	spawnSync('pngquant', ['--force', '--skip-if-larger', '--strip', '--quality', '60-95', '--output', file, file]);
	const size = statSync(file).size;
	console.log(`${file.split('/').pop()}: ${size} bytes${size > MOST ? ', too many' : ''}`);
	return size <= MOST;
}

const artefacts = mkdtempSync(join(tmpdir(), 'jalon-pictures-'));
mkdirSync(images, { recursive: true });
const world = await openWorld({ jalon: process.argv[2], artefacts, here, tell: () => {} });
let fine = true;
try {
	for (const { name, path, as, act, at, height } of PICTURES) {
		const page = await world.visit(path, { as });
		await page.setViewportSize({ width: 1280, height });
		await act?.(page);
		if (at)
			await page.locator(at).evaluate(e => e.scrollIntoView());
		await page.screenshot({ path: join(images, `${name}.png`) });
		await page.context().close();
		fine = lighten(join(images, `${name}.png`)) && fine;
	}
} finally {
	await world.close();
	rmSync(artefacts, { recursive: true, force: true });
}
process.exit(fine ? 0 : 1);
