// What is planned, an action's people, who is dropping out; planning again and again, answering a request, an absence.
export const needs = 'jalon';

async function planned(page) {
	await page.goto('/seances/nouvelle');
	await page.locator('ul.rows a.name').first().click();
	for (const [name, value] of [['held_on.d', '6'], ['held_on.m', '10'], ['held_on.y', '2025']])
		await page.fill(`[name="${name}"]`, value);
	await page.fill('#starts_at', '9h30');
	await page.fill('#minutes', '120');
	await page.selectOption('#kind', { index: 1 });
	await page.fill('#jusque', '17/11/2025');
	await page.getByRole('button', { name: 'Prévoir', exact: true }).click();
	const boxes = page.locator('#days input[type=checkbox]'), faults = [];
	const out = await boxes.evaluateAll(list => list.filter(box => !box.checked).map(box => box.value));
	if (await boxes.count() !== 7 || out.join() !== '2025-10-20,2025-10-27')
		faults.push(`${await boxes.count()} days, left out: ${out.join()}`);
	await page.locator('#days input[value="2025-11-17"]').uncheck();
	await page.getByRole('button', { name: 'Prévoir les jours cochés' }).click();
	if (!page.url().includes('/agenda?vue=mois'))
		faults.push(`after planning: ${page.url()}`);
	await page.goto('/agenda?jour=2025-11-10');
	if (await page.locator('.rows a.name', { hasText: '09 h 30 à 11 h 30' }).count() < 1)
		faults.push('the session is not in its week');
	return faults;
}

async function answered(page) {
	await page.goto('/');
	await page.locator('a[href*="voir=demandes"]').first().click();
	const before = await page.locator('#demandes ~ .rows li').count();
	await page.locator('#demandes ~ .rows li a.button').first().click();
	await page.getByRole('button', { name: 'Mettre en liste d’attente' }).click();
	const place = new URL(page.url()).pathname;
	await page.goto(`${place}?voir=demandes`);
	const after = await page.locator('#demandes ~ .rows li').count();
	return after === before - 1 ? [] : [`${before} requests, then ${after}`];
}

export default async function cases(world) {
	const as = 'Coordination';
	await world.examine('/agenda', { as });
	await world.examine('/agenda?vue=mois', { as, state: 'month' });
	await world.examine('/agenda?jour=2031-01-01', { as, state: 'empty' });
	await world.examine('/agenda/calendriers', { as });
	await world.examine('/seances/nouvelle', { as });
	await world.examine('/actions/mobilite', { as });
	await world.examine('/actions/mobilite?voir=demandes', { as, state: 'requests' });
	await world.examine('/actions/mobilite/inscriptions', { as });
	await world.examine('/assiduite', { as });
	await world.journey('sessions planned again and again', { as }, planned);
	await world.journey('a request put on the waiting list', { as, plain: true }, answered);
}
