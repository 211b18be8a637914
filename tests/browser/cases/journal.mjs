// The journal: as the administrator and the coordination read it, narrowed, empty, with a date that is none; its chain verified.
export const needs = 'jalon';

export default async function journal(world) {
	await world.examine('/journal', { as: 'Administrateur' });
	await world.examine('/journal', { as: 'Coordination' });
	await world.examine('/journal?genre=logins&acte=insert', { as: 'Administrateur' });
	await world.examine('/journal?du=2031-01-01', { as: 'Coordination', state: 'empty' });
	await world.examine('/journal?du=hier', { as: 'Coordination', state: 'error', status: 422 });
	await world.examine('/journal', { as: 'Coordination', state: 'verified', act: async page => {
		await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
		await page.getByText('La chaîne tient').waitFor();
	} });
}
