// Lighthouse on a phone: a page of each kind. Accessibility and best practices must be 100; the speed is told and not judged, since
// it depends on the machine.
export const needs = 'jalon';

const YEAR = 'periode=contract-1';
const PAGES = [
	['/connexion'],
	['/', 'Coordination'],
	[`/contrats/cf-ctai-2022?${YEAR}`, 'Coordination'],
	[`/fiches/f11?${YEAR}`, 'Coordination'],
	[`/questionnaire?${YEAR}`, 'Coordination'],
	[`/questionnaire/recoupements?${YEAR}`, 'Coordination'],
	['/personnes', 'Coordination'],
	['/personnes/nouvelle', 'Coordination'],
	['/partenaires', 'Coordination'],
	['/import', 'Coordination'],
	['/compte', 'Coordination'],
];

export default async function lighthouse(world) {
	const eye = await world.lighthouse();

	for (const [path, as] of PAGES) {
		await world.test(`${path}${as ? ` as ${as}` : ''}: 100 for accessibility and best practices`, async () => {
			const seen = await eye.look(world.base + path, as ? (await world.signIn(as)).cookies : []);
			console.log(`# Lighthouse ${path}: performance ${seen.performance.score} ${seen.performance.lost.join(', ')}`);
			return ['accessibility', 'best-practices'].filter(name => seen[name].score < 100)
				.map(name => `${name} ${seen[name].score}: ${seen[name].lost.join(', ')}`);
		});
	}
	await eye.close();
}
