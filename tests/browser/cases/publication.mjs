// Figures made public: prepared by the coordinator, released, then read by anybody.
export const needs = 'jalon';

const as = 'Coordination';

export default async function publication(world) {
	await world.examine('/donnees', { state: 'empty' });
	await world.examine('/publication', { as });
	await world.examine('/publication', { as, state: 'error', act: async page => {
		await page.getByLabel('Plus petit nombre').fill('3');
		await page.getByRole('button', { name: 'Publier' }).click();
	} });
	await world.examine('/publication', { as, state: 'published', act: async page => {
		await page.getByRole('button', { name: 'Publier' }).click();
		await page.getByText('Les chiffres sont publics.').waitFor();
	} });
	await world.examine('/publication?periode=civil-2023', { as, state: 'second' });
	await world.examine('/donnees', { state: 'full' });
}
