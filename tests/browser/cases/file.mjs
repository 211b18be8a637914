// The file of a person: found, read tab by tab, corrected; a name stands in its heading, never in its title or address.
export const needs = 'jalon';

async function openFile(page) {
	await page.locator('#found .rows a.name').nth(3).click();
	await page.waitForURL(/\/personnes\/.+/);
}

async function readAndCorrect(page, width) {
	await page.goto('/personnes');
	await openFile(page);
	const place = new URL(page.url()).pathname, name = await page.locator('h1').innerText(), faults = [];
	if (name.split(' ').some(part => part.length > 2 && decodeURI(page.url()).includes(part)) || (await page.title()).includes(name))
		faults.push('a name in the title or the address');
	for (const tab of await page.$$eval('.tabs a', links => links.map(a => a.getAttribute('href')))) {
		await page.goto(tab);
		if (await page.locator('.tabs [aria-current]').count() !== 1)
			faults.push(`${tab.replace(place, '')}: no tab is the present one`);
	}
	const town = width > 600 ? '63113' : '63100';
	await page.goto(`${place}/identite`);
	await page.locator('main input[name=commune]').fill(town);
	await page.getByRole('button', { name: 'Enregistrer l’identité' }).click();
	await page.locator('.notice.good').waitFor();
	await page.goto(`${place}/identite`);
	return await page.locator('main input[name=commune]').inputValue() === town ? faults : [...faults, 'what was corrected is not kept'];
}

// Somebody of the demonstration, the names in each other's place: who it may be is asked first, with why.
async function askFirst(page) {
	await page.goto('/personnes');
	const name = (await page.locator('ul.rows a.name').first().innerText()).trim().split(' ');
	await page.goto('/personnes/nouvelle');
	await page.locator('main input[name=family_name]').fill(name[0]);
	await page.locator('main input[name=given_name]').fill(name.slice(1).join(' '));
	await page.locator('main form button.main').click();
	await page.getByText(/peut-être|l’une de ces personnes|Is it one of these/i).first().waitFor();
	await page.locator('main ul.rows .flag').first().waitFor();
}

export default async function file(world) {
	const as = 'Coordination';
	await world.journey('a file is read and corrected', { as, plain: true }, readAndCorrect);
	await world.examine('/personnes', { as, state: 'file', act: openFile });
	await world.examine('/personnes/nouvelle', { as });
	await world.examine('/personnes/nouvelle', { as, state: 'error', act: async page => {
		await page.locator('main form button.main').click();
		await page.locator('.faults').waitFor();
	} });
	await world.examine('/personnes/nouvelle', { as, state: 'likely', act: askFirst });
}
