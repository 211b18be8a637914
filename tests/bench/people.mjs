// The people page as a Node server gives it: 50 people in the order of names from a given one on, each with the status in
// force and the number of enrolments, as HTML made anew. Nobody signs in, everything is shown to everybody.
//
//     node people.mjs DATABASE PORT PROCESSES     DATABASE: made by load.sql and people.sql
import cluster from 'node:cluster';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const [, , file, port, processes] = process.argv;

const marks = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = text => text === null ? '' : /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, mark => marks[mark]) : text;
const shown = days => days === null ? '' : new Date(days * 86400000).toISOString().slice(0, 10).split('-').reverse().join('/');

function row(person) {
	return `<li><a class="name" href="/people/${person.id}"><bdi>${safe(person.family_name)} ${safe(person.given_name)}</bdi></a>`
		+ `<p>${shown(person.birth_date)} <small>${safe(person.commune)}</small> <bdi>${safe(person.ref)}</bdi></p>`
		+ `<p>${person.enrolments} enrolments</p><span class="flag">${safe(person.status ?? 'none')}</span></li>`;
}

function page(people) {
	const last = people.length > 0 ? people[people.length - 1].id : 0;
	return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>People</title></head><body><main><h1>People</h1>`
		+ `<ul class="rows">${people.map(row).join('')}</ul><nav><a href="/people?after=${last}">Next</a></nav></main></body></html>`;
}

function serve() {
	const db = new Database(file, { readonly: true, nativeBinding: process.env.BETTER_SQLITE3 });
	db.pragma('cache_size = -65536');
	const today = Math.floor(Date.now() / 86400000);
	const place = db.prepare('SELECT family_name, given_name, id FROM people WHERE id = ?');
	const list = db.prepare(`
		SELECT p.id, p.ref, p.family_name, p.given_name, p.birth_date, p.commune,
		       (SELECT s.status FROM statuses s
		         WHERE s.person_id = p.id AND s.since <= @today AND (s.until IS NULL OR s.until >= @today)
		         ORDER BY s.since DESC LIMIT 1) AS status,
		       (SELECT count(*) FROM enrolments e WHERE e.person_id = p.id) AS enrolments
		  FROM people p
		 WHERE (p.family_name, p.given_name, p.id) > (@family_name, @given_name, @id)
		 ORDER BY p.family_name, p.given_name, p.id LIMIT 50`);
	const app = Fastify();
	app.get('/people', (request, reply) => {
		const from = place.get(Number(request.query.after ?? 0)) ?? { family_name: '', given_name: '', id: 0 };
		reply.header('content-type', 'text/html; charset=utf-8').send(page(list.all({ ...from, today })));
	});
	app.listen({ port: Number(port), host: '127.0.0.1' });
}

if (cluster.isPrimary && Number(processes) > 1) {
	for (let i = 0; i < Number(processes); i++)
		cluster.fork();
} else {
	serve();
}
