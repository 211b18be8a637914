// My account: changing the password, the second step, a code on paper; each with what it says when something is wrong.
export const needs = 'jalon';

// The door of a demonstration shows the password of each role.
async function passwordOf(world, role) {
	const page = await world.visit('/connexion');
	const line = page.locator('.rows li').filter({ has: page.getByRole('button', { name: role, exact: true }) });
	const password = await line.locator('bdi.code').innerText();
	await page.context().close();
	return password;
}

async function fails(page, name) {
	await page.getByRole('button', { name, exact: true }).click();
	await page.locator('.faults').waitFor();
}

export default async function account(world) {
	const as = 'Finances', password = await passwordOf(world, as);

	await world.examine('/compte', { as });
	await world.examine('/compte', { as: 'Bénéficiaire' });
	await world.examine('/compte/mot-de-passe', { as });
	await world.examine('/compte/mot-de-passe', { as, state: 'error', act: async page => {
		await page.getByLabel('Votre mot de passe').fill('faux');
		await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('court');
		await page.getByLabel('Nouveau mot de passe, encore une fois').fill('cours');
		await fails(page, 'Changer le mot de passe');
	} });
	await world.examine('/compte/donnees', { as });
	await world.examine('/compte/second-facteur', { as });
	await world.examine('/compte/second-facteur', { as, state: 'telephone', act: async page => {
		await page.getByLabel('Votre mot de passe').fill(password);
		await page.getByRole('button', { name: 'Commencer' }).click();
		await page.locator('.qr svg').waitFor();
	} });
	await world.examine('/compte/second-facteur/telephone', { as, state: 'error', act: async page => {
		await page.getByLabel('Code de votre téléphone').fill('000000');
		await fails(page, 'Confirmer');
	} });
	await world.examine('/invitation');
	await world.examine('/invitation', { state: 'error', act: async page => {
		await page.getByLabel('Code').fill('ABCD-EFGH-JKMN-PQRS');
		await fails(page, 'Continuer');
	} });
	await world.examine('/regles');
	await world.examine('/travaux', { as, state: 'empty' });
}
