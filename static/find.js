/* find.js - results while typing. A form with data-find="results" is sent again and again as it is filled, and the element of
   that id is taken from the page that comes back. Without this script the same form has its button; nothing else changes. */
const WAIT = 200; // milliseconds after the last key

function attach(form) {
	const field = form.querySelector('input[type=search]')
	let timer, request

	/* The answer is read as a document by the request itself: no text ever becomes markup here. */
	function ask() {
		const sent = new URLSearchParams(new FormData(form)), post = form.method === 'post'
		const url = post ? form.action : form.action.split('?')[0] + '?' + sent
		request?.abort()
		request = new XMLHttpRequest()
		request.responseType = 'document'
		request.open(form.method, url)
		request.onload = event => show(event.target, post ? null : url)
		request.send(post ? sent : null)
	}
	/* What a form posts (a name) never enters an address. */
	function show(answer, url) {
		const from = answer.response?.getElementById(form.dataset.find)
		const to = document.getElementById(form.dataset.find)
		if (answer.status !== 200 || !from || !to)
			return
		to.replaceChildren(...from.childNodes)
		if (url)
			history.replaceState(null, '', url)
	}
	field?.addEventListener('input', () => {
		clearTimeout(timer)
		if (field.value.length === 0 || field.value.length >= 3)
			timer = setTimeout(ask, WAIT)
	})
}

document.querySelectorAll('form[data-find]').forEach(attach)
