// Coming in: the sign-in page, what it says when one is not let in, and the first page of each role.
export const needs = 'jalon';

const ROLES = ['Coordination', 'Finances', 'Responsable chez un opérateur', 'Intervenant chez un opérateur', 'Partenaire', 'État', 'Recherche',
	'Bénéficiaire', 'Observateur', 'Administrateur'];

async function enterWrongly(page) {
	await page.getByLabel('Adresse électronique').fill('personne@demo.example');
	await page.getByLabel('Mot de passe').fill('ce mot de passe est faux');
	await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
	await page.locator('.faults').waitFor();
}

export default async function door(world) {
	await world.examine('/connexion');
	await world.examine('/connexion', { state: 'error', act: enterWrongly });
	for (const role of ROLES)
		await world.examine('/', { as: role });
	await world.examine('/droits', { as: 'Administrateur' });
	await world.examine('/nulle-part', { as: 'Coordination', status: 404 });
}
