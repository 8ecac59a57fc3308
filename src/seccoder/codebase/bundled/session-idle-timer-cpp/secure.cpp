#include <functional>
#include <memory>
#include <string>
#include <utility>

class Timers {
public:
    virtual ~Timers() = default;
    virtual void after(int seconds, std::function<void()> action) = 0;
};

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Timers &timers, std::function<void(const std::string &)> send) : timers_(timers), send_(std::move(send)) {}

    void start() { wait(); }

    void received() { active_ = true; }

private:
    void wait() {
        active_ = false;
        // Weak: the timer must neither touch a session that has ended nor keep it alive for another minute.
        timers_.after(60, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->elapsed();
            }
        });
    }

    void elapsed() { active_ ? wait() : send_("goodbye"); }

    Timers &timers_;
    std::function<void(const std::string &)> send_;
    bool active_ = false;
};
