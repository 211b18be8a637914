// What is done for a person: an act, a note, a rating, a level, a goal, the exit; kinds of act of the contract's own.
export const needs = 'jalon';

const NEXT = { 360: 5, 1280: 6 }; // another person at each width, so that nothing is changed twice

async function openFile(page, width) {
	await page.goto('/personnes');
	await page.locator('#found .rows a.name').nth(NEXT[width] ?? 7).click();
	await page.waitForURL(/\/personnes\/.+/);
	return new URL(page.url()).pathname;
}

const saved = page => page.locator('.notice.good').waitFor();

// From the file: "Add an act", the action where there are several, the kind, save.
async function recordAct(page, width) {
	await openFile(page, width);
	let taps = 0;
	await page.getByRole('link', { name: 'Ajouter un acte' }).click();
	taps++;
	if (await page.getByRole('heading', { name: 'Dans quelle action ?' }).count() > 0) {
		await page.locator('main .rows a.name').first().click();
		taps++;
	}
	await page.locator('main .rows a.name').first().click();
	await page.getByRole('button', { name: 'Enregistrer l’acte' }).click();
	taps += 2;
	await saved(page);
	return taps <= 4 ? [] : [`an act takes ${taps} taps`];
}

async function writeNote(page, width) {
	await openFile(page, width);
	await page.getByRole('link', { name: 'Écrire une note' }).click();
	await page.locator('#text').fill('Souhaite passer le code au printemps.');
	await page.getByText('Mon organisme', { exact: true }).click();
	await page.getByRole('button', { name: 'Enregistrer la note' }).click();
	await saved(page);
	const shown = await page.locator('main .rows').innerText();
	return shown.includes('passer le code au printemps') ? [] : ['the note is not shown'];
}

async function rate(page, place, level, day) {
	await page.goto(`${place}/freins`);
	await page.locator('#domain').selectOption('mobility');
	await page.locator('label.choice', { hasText: level }).click();
	await page.locator('input[name="on.d"]').fill(String(day));
	await page.locator('input[name="on.m"]').fill('6');
	await page.locator('input[name="on.y"]').fill('2023');
	await page.getByRole('button', { name: 'Enregistrer l’évaluation' }).click();
	await saved(page);
}

async function rateObstacle(page, width) {
	const place = await openFile(page, width);
	await rate(page, place, 'Frein bloquant', 2);
	await rate(page, place, 'Frein léger', 20);
	const faults = [];
	if (await page.locator('figure.chart svg').count() === 0)
		faults.push('no picture of the course');
	if (!(await page.locator('main table').innerText()).includes('Frein bloquant'))
		faults.push('the table lacks a rating');
	return faults;
}

async function agreeGoal(page, width) {
	const place = await openFile(page, width);
	await page.goto(`${place}/objectifs`);
	await page.locator('#title').fill('Obtenir le permis');
	await page.getByRole('button', { name: 'Enregistrer l’objectif' }).click();
	await saved(page);
	await page.getByRole('link', { name: /^Ajouter une étape.*Obtenir le permis/ }).first().click();
	await page.locator('#what').fill('S’inscrire au code');
	await page.locator('#step').getByText('La personne', { exact: true }).click();
	await page.getByRole('button', { name: 'Enregistrer l’étape' }).click();
	await saved(page);
	await page.getByRole('button', { name: /^Fait.*S’inscrire au code/ }).first().click();
	await saved(page);
	return [];
}

async function leave(page, width) {
	await openFile(page, width);
	const exits = page.getByRole('link', { name: /^Saisir la sortie/ });
	if (await exits.count() === 0)
		return [];
	await exits.first().click();
	await page.locator('#exit').selectOption('employment');
	await page.locator('#contract_kind').selectOption('open_ended');
	await page.getByRole('button', { name: 'Enregistrer la sortie' }).click();
	await saved(page);
	await page.getByRole('button', { name: 'Annuler la sortie' }).click();
	await saved(page);
	return [];
}

async function addKind(page, width) {
	await page.goto('/actes/genres/nouveau');
	await page.locator('#label').fill(`Atelier cuisine ${width}`);
	await page.locator('fieldset', { hasText: 'Concerne la santé' }).getByText('Non', { exact: true }).click();
	await page.getByText('Aucun : on le suit sans le compter').click();
	await page.getByRole('button', { name: 'Ajouter le genre d’acte' }).click();
	await saved(page);
	await page.locator('#label').fill('Plat préparé');
	await page.locator('#type').selectOption('text');
	await page.getByRole('button', { name: 'Ajouter la question' }).click();
	await saved(page);
	return (await page.locator('main').innerText()).includes('Plat préparé') ? [] : ['the question is not there'];
}

let file; // whose tabs are examined: found once, what a page weighs is its own
const tab = name => async page => {
	file ??= await openFile(page, 0);
	await page.goto(`${file}/${name}`);
};

const wrong = (name, button) => async page => {
	await tab(name)(page);
	await page.getByRole('button', { name: button }).click();
	await page.locator('.faults').waitFor();
};

export default async function acts(world) {
	const as = 'Coordination';
	await world.journey('an act is recorded', { as, plain: true }, recordAct);
	await world.journey('a note is written', { as, plain: true }, writeNote);
	await world.journey('an obstacle is rated twice', { as, plain: true }, rateObstacle);
	await world.journey('a goal and its step', { as, plain: true }, agreeGoal);
	await world.journey('an exit, taken back', { as, plain: true }, leave);
	await world.journey('a kind of act is added', { as, plain: true }, addKind);
	for (const name of ['actes', 'actes/nouveau', 'niveaux', 'freins', 'objectifs', 'notes'])
		await world.examine('/personnes', { as, state: name.replace('/', '-'), act: tab(name) });
	await world.examine('/personnes', { as, state: 'freins-error', act: wrong('freins', 'Enregistrer l’évaluation') });
	await world.examine('/personnes', { as, state: 'notes-error', act: wrong('notes', 'Enregistrer la note') });
	await world.examine('/actes/genres', { as });
	await world.examine('/actes/genres/nouveau', { as });
	await world.examine('/actes/places', { as });
	await world.examine('/etapes', { as });
}
