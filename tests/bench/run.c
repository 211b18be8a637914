/*
 * run.c - runs a command and writes what it cost to a file: user and system seconds, wall seconds, peak memory in KiB
 *
 *     run FILE COMMAND ARGUMENTS...
 *
 * It is small on purpose: the kernel counts the memory of whoever starts a program as the program's own, so that
 * nothing started from Python could be seen to need less than Python does.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	struct timespec start, end;
	struct rusage use;
	int status;
	FILE *f;

	if (argc < 3)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &start);
	pid_t child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &use) != child)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &end);
	if ((f = fopen(argv[1], "w")) == NULL)
		return 2;
	fprintf(f, "%.6f %.6f %.6f %ld\n", seconds(use.ru_utime), seconds(use.ru_stime),
	    (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9, use.ru_maxrss);
	return fclose(f) == 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
