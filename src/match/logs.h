/* logs.h - natural logarithm and exponential, our own: the same to the last bit on every machine, and no library more to load */
#pragma once
#include <stdint.h>
#include <string.h>

static inline double
log_of(double x) /* x > 0 and normal */
{
	uint64_t bits;
	double m, s, q;
	int e;

	memcpy(&bits, &x, sizeof bits);
	e = (int)(bits >> 52) - 1023;
	bits = (bits & 0xfffffffffffffu) | 0x3ff0000000000000u;
	memcpy(&m, &bits, sizeof m);
	if (m > 1.41421356237309515) {
		m /= 2;
		e++;
	}
	s = (m - 1) / (m + 1);
	q = s * s;
	return 2 * s * (1 + q * (1 / 3. + q * (1 / 5. + q * (1 / 7. + q * (1 / 9. + q * (1 / 11. + q * (1 / 13. + q / 15))))))) +
	       e * 0.69314718055994531;
}

static inline double
exp_of(double x)
{
	uint64_t bits;
	double r, sum = 1, scale;
	int k;

	if (x < -700)
		return 0;
	if (x > 700)
		x = 700;
	k = (int)(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
	r = x - k * 0.69314718055994531;
	for (int i = 13; i > 0; i--)
		sum = 1 + sum * r / i;
	bits = (uint64_t)(k + 1023) << 52;
	memcpy(&scale, &bits, sizeof scale);
	return sum * scale;
}
