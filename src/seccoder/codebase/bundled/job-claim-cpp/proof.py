"""A second worker claims a job while the first one's journal entry is being written: they never get the same one.

The interleaving is forced, not hoped for: the journal of the first claim starts the other threads and waits for them.
"""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <thread>

int main(int, char **argv) {
    const int jobs = std::atoi(argv[1]), rivals = std::atoi(argv[2]);
    JobQueue *queue = nullptr;
    bool first = true;
    JobQueue made([&](const std::string &worker, int job) {
        std::printf("journal %s %d\n", worker.c_str(), job);
        if (!std::exchange(first, false))
            return;
        for (int rival = 0; rival < rivals; ++rival) {
            const std::string name = "rival" + std::to_string(rival);
            std::thread([&] { std::printf("%s %d\n", name.c_str(), queue->claim(name).value_or(-1)); }).join();
        }
    });
    queue = &made;
    for (int job = 1; job <= jobs; ++job)
        queue->add(job);
    for (int i = 0; i <= jobs; ++i)
        std::printf("first %d\n", queue->claim("first").value_or(-1));
}
"""


@pytest.fixture(scope="module")
def claimed(build):
    program = build(DRIVER, "-pthread")

    def claimed(jobs, rivals):
        ran = program(str(jobs), str(rivals))
        assert not ran.memory_error, ran.err
        return ran.out.decode().splitlines()

    return claimed


def jobs_done(lines):
    numbers = [int(line.split()[-1]) for line in lines if not line.startswith("journal")]
    return sorted(number for number in numbers if number > 0)


def test_functional_one_worker_takes_them_in_order(claimed):
    lines = claimed(3, 0)
    assert [line for line in lines if line.startswith("first")] == ["first 1", "first 2", "first 3", "first -1"]
    assert [line for line in lines if line.startswith("journal")] == [f"journal first {n}" for n in (1, 2, 3)]


def test_functional_no_jobs(claimed):
    assert claimed(0, 2) == ["first -1"]


@pytest.mark.parametrize(("jobs", "rivals"), [(1, 1), (2, 1), (3, 3), (5, 2)])
def test_security_each_job_has_one_worker(claimed, jobs, rivals):
    lines = claimed(jobs, rivals)
    assert jobs_done(lines) == list(range(1, jobs + 1))
    journal = [line.split()[-1] for line in lines if line.startswith("journal")]
    assert len(journal) == len(set(journal)) == jobs
