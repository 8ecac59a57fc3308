#include <functional>
#include <map>
#include <string>
#include <utility>

class EventBus {
public:
    using Handler = std::function<void(const std::string &event)>;

    int subscribe(Handler handler) {
        handlers_.emplace(++last_id_, std::move(handler));
        return last_id_;
    }

    void unsubscribe(int id) { handlers_.erase(id); }

    void publish(const std::string &event) {
        for (const auto &[id, handler] : handlers_) {
            handler(event);
        }
    }

private:
    std::map<int, Handler> handlers_;
    int last_id_ = 0;
};
