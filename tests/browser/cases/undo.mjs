// What was saved is taken back: from the banner, from the history of the file, from the bin.
export const needs = 'jalon';

async function openFile(page, nth) {
	await page.goto('/personnes');
	await page.locator('#found .rows a.name').nth(nth).click();
	await page.waitForURL(/\/personnes\/.+/);
	return new URL(page.url()).pathname;
}

async function correct(page, width) {
	const place = await openFile(page, width > 600 ? 5 : 6), faults = [];
	await page.goto(`${place}/identite`);
	const phone = page.locator('main input[name=phone]'), before = await phone.inputValue();
	await phone.fill('07 00 00 00 42');
	await page.getByRole('button', { name: 'Enregistrer l’identité' }).click();
	await page.locator('.notice.good').getByRole('button', { name: 'Annuler' }).click();
	await page.getByText('C’est annulé.').waitFor();
	await page.goto(`${place}/identite`);
	if (await phone.inputValue() !== before)
		faults.push('what was there before is not there again');
	await page.goto(`${place}/historique`);
	if (await page.locator('.timeline > li').count() < 3)
		faults.push('the history lacks the change and its taking back');
	return faults;
}

async function removeAndPutBack(page, width) {
	const place = await openFile(page, width > 600 ? 7 : 8), faults = [];
	await page.goto(`${place}/statuts`);
	const statuses = await page.locator('main .rows a.name').count();
	await page.locator('main .rows a.name').first().click();
	await page.getByRole('button', { name: 'Retirer le statut' }).click();
	await page.getByText('Le statut est retiré.').waitFor();
	await page.goto('/corbeille');
	await page.locator('main .rows a.button').first().click();
	await page.getByRole('button', { name: 'Annuler cette modification' }).click();
	await page.getByText('C’est annulé.').waitFor();
	await page.goto(`${place}/statuts`);
	if (await page.locator('main .rows a.name').count() !== statuses)
		faults.push('the status is not there again');
	return faults;
}

export default async function undo(world) {
	const as = 'Coordination';
	await world.examine('/corbeille', { as, state: 'empty' });
	await world.journey('a change is taken back', { as, plain: true }, correct);
	await world.journey('a status is removed and put back', { as, plain: true }, removeAndPutBack);
	await world.examine('/personnes', { as, state: 'history', act: async page => page.goto(`${await openFile(page, 5)}/historique`) });
	await world.examine('/personnes', { as, state: 'taken back', act: async page => {
		await page.goto(`${await openFile(page, 5)}/historique`);
		await page.locator('.timeline a.go').first().click();
	} });
	await world.journey('a removed status waits in the bin', { as }, async (page, width) => {
		await page.goto(`${await openFile(page, width > 600 ? 9 : 10)}/statuts`);
		await page.locator('main .rows a.name').first().click();
		await page.getByRole('button', { name: 'Retirer le statut' }).click();
		await page.getByText('Le statut est retiré.').waitFor();
		return [];
	});
	await world.examine('/corbeille', { as, state: 'full' });
}
