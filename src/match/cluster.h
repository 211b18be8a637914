/* cluster.h - links into clusters: the two whose pairs weigh most in the mean are joined, again and again, until no mean is positive.
 * A pair that was not compared, or hardly agreed, weighs against; so one wrong link does not make one person of two families. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct link {
	uint32_t a, b; /* a < b; sorted, each once */
	int32_t odds;  /* thousandths of the logarithm */
};
/* cluster_of[i]: the smallest record of the cluster of i. */
void clusters_make(size_t n, const struct link *links, size_t links_n, uint32_t *cluster_of);
