// The database: its state, verified, backed up, downloaded; long work as its page shows it.
export const needs = 'jalon';

const as = 'Administrateur';

async function done(page, name) {
	await page.getByRole('button', { name, exact: true }).click();
	await page.getByText('terminé', { exact: true }).waitFor({ timeout: 30000 });
}

export default async function base(world) {
	await world.examine('/base', { as, state: 'new' });
	await world.examine('/base', { as, state: 'verified', act: page => done(page, 'Vérifier maintenant') });
	await world.examine('/base', { as, state: 'backed-up', act: page => done(page, 'Sauvegarder maintenant') });
	await world.examine('/base', { as });
	await world.examine('/travaux', { as });
	await world.test('a backup is downloaded, sealed', async () => {
		const page = await world.visit('/base', { as });
		const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Télécharger la dernière sauvegarde' }).click()]);
		const chunks = [];
		for await (const chunk of await file.createReadStream())
			chunks.push(chunk);
		const bytes = Buffer.concat(chunks);
		await page.context().close();
		return [bytes.subarray(0, 15).toString() === 'jalon backup 1\n' ? '' : 'not a backup', bytes.includes('SQLite') ? 'readable' : '',
			/^jalon-\d{4}-\d\d-\d\d\.backup$/.test(file.suggestedFilename()) ? '' : file.suggestedFilename()].filter(Boolean);
	});
	await world.test('without script the page of a long work shows its end by itself', async () => {
		const page = await world.visit('/base', { as, script: false });
		await page.getByRole('button', { name: 'Vérifier maintenant' }).click();
		await page.getByText('terminé', { exact: true }).waitFor({ timeout: 30000 });
		await page.context().close();
	});
}
