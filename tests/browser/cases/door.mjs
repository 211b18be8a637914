// Coming in: the sign-in page, what it says when one is not let in; what everybody may do is told to all.
export const needs = 'jalon';

async function enterWrongly(page) {
	await page.getByLabel('Adresse électronique').fill('personne@demo.example');
	await page.getByLabel('Mot de passe').fill('ce mot de passe est faux');
	await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
	await page.locator('.faults').waitFor();
}

export default async function door(world) {
	await world.examine('/connexion');
	await world.examine('/connexion', { state: 'error', act: enterWrongly });
	await world.examine('/droits', { as: 'Administrateur' });
	await world.examine('/nulle-part', { as: 'Coordination', status: 404 });
}
