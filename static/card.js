/* card.js - reads the square of a card with the telephone's camera, where the browser can; else the code is typed. */
const form = document.getElementById('card')

async function read() {
	const video = document.createElement('video'), detector = new BarcodeDetector({ formats: ['qr_code'] })
	const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
	const stop = () => { stream.getTracks().forEach(track => track.stop()); video.remove() }
	video.srcObject = stream
	video.playsInline = true
	form.prepend(video)
	await video.play()
	for (const end = Date.now() + 60e3; Date.now() < end; await new Promise(next => setTimeout(next, 200))) {
		const [found] = await detector.detect(video)
		if (found) {
			stop()
			form.code.value = found.rawValue
			return form.requestSubmit()
		}
	}
	stop()
}

if ('BarcodeDetector' in globalThis && navigator.mediaDevices) {
	const button = document.createElement('button')
	button.type = 'button'
	button.textContent = form.dataset.camera
	button.addEventListener('click', () => read().catch(() => form.code.focus()))
	form.prepend(button)
}
