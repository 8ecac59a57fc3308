#include <functional>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <utility>

class JobQueue {
public:
    using Journal = std::function<void(const std::string &worker, int job)>;

    explicit JobQueue(Journal journal) : journal_(std::move(journal)) {}

    void add(int job) {
        const std::lock_guard lock(mutex_);
        waiting_.push(job);
    }

    std::optional<int> claim(const std::string &worker) {
        int job;
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.empty()) {
                return std::nullopt;
            }
            job = waiting_.front();
        }
        journal_(worker, job);
        const std::lock_guard lock(mutex_);
        waiting_.pop();
        return job;
    }

private:
    std::mutex mutex_;
    std::queue<int> waiting_;
    Journal journal_;
};
