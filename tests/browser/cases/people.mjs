// Finding somebody: while typing, from the head of any page, by filters; a name never enters an address.
export const needs = 'jalon';

const number = text => Number.parseInt(text.replaceAll(/[\s\u202f\u00a0]/g, ''), 10);
const said = async page => number(await page.locator('#found .count').innerText());
const names = page => page.locator('#found .rows a.name').allInnerTexts();

// Three letters are enough, without accents and in either order; whoever has no script presses the button.
async function whileTyping(page, script) {
	await page.goto('/personnes');
	const [first] = await names(page), letters = first.normalize('NFD').replaceAll(/\p{M}/gu, '').slice(0, 3).toLowerCase();
	const answered = page.waitForResponse(r => r.request().method() === 'POST');
	await page.locator('main #q').pressSequentially(letters);
	if (!script)
		await page.locator('main form.find button').click();
	await answered;
	await page.locator('#found .count', { hasText: 'trouvée' }).waitFor();
	const found = await names(page), faults = found.includes(first) ? [] : [`the first of the list is not found by three letters: ${found.length} are`];
	if (await said(page) !== found.length)
		faults.push(`${await said(page)} are said, ${found.length} stand there`);
	if (new URL(page.url()).search !== '')
		faults.push('what was typed stands in the address');
	return faults;
}

async function nobody(page) {
	await page.goto('/partenaires');
	const field = page.locator('header form.find input[type=search]');
	if (!await field.isVisible())
		await page.locator('.burger summary').click();
	await field.fill('wtrvbnmpfd');
	await page.locator('header form.find button').click();
	await page.locator('#found .empty').waitFor();
	return await page.locator('main #q').inputValue() === 'wtrvbnmpfd' ? [] : ['what was typed is not kept'];
}

async function filtered(page, choose) {
	await page.goto('/personnes');
	await page.locator('details.filters summary').click();
	await choose();
	await page.locator('details.filters button').click();
	await page.locator('.chips li').first().waitFor();
	return said(page);
}

// Each person is a woman, a man, another, or it is not known; who is filtered away comes back.
async function filters(page) {
	await page.goto('/personnes');
	const all = await said(page);
	let sum = 0;
	for (const sex of ['F', 'M', 'X'])
		sum += await filtered(page, () => page.locator('#f-sexe').selectOption(sex));
	sum += await filtered(page, () => page.locator('#f-manque').selectOption('sexe'));
	const faults = sum === all ? [] : [`${sum} by sex, of ${all}`];
	const women = await filtered(page, async () => {
		await page.locator('#f-sexe').selectOption('F');
		await page.locator('label.choice', { has: page.locator('[name=bpi]') }).click();
	});
	if (await page.locator('.chips li').count() !== 2)
		faults.push('two filters, and not two signs of it');
	await page.locator('.chips a').first().click();
	if (await said(page) <= women)
		faults.push('one filter less shows nobody more');
	await page.locator('.chips a').first().click();
	return await said(page) === all ? faults : [...faults, `${await said(page)} without a filter, of ${all}`];
}

async function paging(page) {
	await page.goto('/personnes');
	const before = await names(page);
	await page.locator('.paging a[rel=next]').click();
	const after = await names(page), twice = after.filter(n => before.includes(n));
	await page.locator('.paging a[rel=prev]').click();
	return [...twice.map(() => 'somebody stands on two pages'), ...(await names(page)).join() === before.join() ? [] : ['back is not where one was']];
}

export default async function people(world) {
	const as = 'Coordination';
	await world.journey('somebody is found by three letters', { as, plain: true }, (page, width) => whileTyping(page, width > 600));
	await world.journey('nobody is found', { as, plain: true }, nobody);
	await world.journey('people by filters', { as, plain: true }, filters);
	await world.journey('people page by page', { as }, paging);
	await world.examine('/personnes', { as });
	await world.examine('/personnes?sexe=F&bpi=oui', { as: 'Intervenant chez un opérateur' });
}
