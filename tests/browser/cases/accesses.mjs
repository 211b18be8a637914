// The accesses: the list, one of them, a code on paper, several at once, and the pages as another role sees them.
export const needs = 'jalon';

const as = 'Administrateur';

async function press(page, name) {
	await page.getByRole('button', { name, exact: true }).click();
	await page.waitForLoadState();
}

async function openFirst(page) {
	await page.locator('.rows a.name').first().click();
	await page.waitForLoadState();
}

async function addWorker(page) {
	await page.getByLabel('Nom', { exact: true }).fill('Camille Exemple');
	await page.getByLabel('Adresse électronique').or(page.getByLabel('Courriel')).fill(`camille${Date.now()}@exemple.fr`);
	await page.getByLabel('Rôle').selectOption('finance');
	await press(page, 'Ajouter l’accès');
}

export default async function accesses(world) {
	await world.examine('/acces', { as });
	await world.examine('/acces', { as: 'Responsable chez un opérateur' });
	await world.examine('/acces?role=finance&etat=ferme', { as, state: 'empty' });
	await world.examine('/acces', { as, state: 'one', act: openFirst });
	await world.examine('/acces/nouveau', { as });
	await world.examine('/acces/nouveau', { as, state: 'error', act: page => press(page, 'Ajouter l’accès') });
	await world.examine('/acces/nouveau', { as, state: 'letter', act: async page => {
		await addWorker(page);
		await press(page, 'Créer le code sur papier');
		await page.locator('.letter').waitFor();
	} });
	await world.examine('/acces/plusieurs', { as });
	await world.examine('/acces/plusieurs', { as, state: 'error', act: async page => {
		await page.getByLabel('Liste').fill('anne@exemple.fr;Anne Exemple;Finances;\npas une adresse;Bruno Exemple;chef;Nulle part');
		await press(page, 'Vérifier la liste');
	} });
	await world.examine('/acces/plusieurs', { as, state: 'right', act: async page => {
		await page.getByLabel('Liste').fill('anne@exemple.fr;Anne Exemple;Finances;');
		await press(page, 'Vérifier la liste');
	} });
	await world.examine('/droits', { as: 'Coordination' });
	await world.examine('/droits', { as: 'Coordination', state: 'as-state', act: async page => {
		await page.getByLabel('Rôle').selectOption('state');
		await press(page, 'Voir comme ce rôle');
		await page.locator('.notice.warn').waitFor();
	} });
}
