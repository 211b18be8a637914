// What each role has to do today: a line is an object, a delay and one button that leads somewhere.
export const needs = 'jalon';

const ROLES = ['Coordination', 'Finances', 'Responsable chez un opérateur', 'Intervenant chez un opérateur', 'Partenaire', 'État', 'Observateur'];

async function lines(page) {
	await page.goto('/');
	const tasks = page.locator('.tasks > li'), n = await tasks.count();
	if (n === 0)
		return await page.locator('.empty').isVisible() ? [] : ['neither a line nor the empty state'];
	const told = await page.locator('.count').innerText(), faults = [];
	if (Number.parseInt(told, 10) !== n)
		faults.push(`${told}, and ${n} lines`);
	for (const line of await tasks.all())
		if (await line.locator('h2').count() !== 1 || await line.locator('.flag').count() !== 1 || await line.locator('a.button').count() !== 1)
			faults.push(`not an object, a delay and a button: ${await line.innerText()}`);
	return faults;
}

async function buttons(page) {
	const faults = [];
	const places = await page.$$eval('.tasks a.button', links => [...new Set(links.map(a => a.getAttribute('href')))]);
	for (const place of places) {
		const answer = await page.request.get(place);
		if (answer.status() !== 200)
			faults.push(`${place}: ${answer.status()}`);
	}
	return faults;
}

export default async function home(world) {
	for (const role of ROLES)
		await world.journey(`what ${role} has to do`, { as: role }, async (page, width) => {
			const faults = await lines(page);
			return width < 600 ? faults : [...faults, ...await buttons(page)];
		});
}
