// Draws values of the C++ library's types and reads results as a caller would; a C++ file's driver includes it.
// Of the library's larger headers, only those that the file itself names are there: reading all takes longer than the file.
#pragma once
#include <cstdint>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#ifdef _GLIBCXX_SPAN
#include <vector>
#endif

struct seccoder_nothing {};  // thrown where a value cannot be made

template <class T> T seccoder_make(const char *name);

template <class T> struct seccoder_maker {
    static T make(const char *name) {
        if constexpr (std::is_same_v<T, bool>) return seccoder_pick(2) != 0;
        else if constexpr (std::is_same_v<T, std::byte>) return static_cast<std::byte>(seccoder_pick(256));
        else if constexpr (std::is_integral_v<T>) return static_cast<T>(seccoder_number(name));
        else if constexpr (std::is_floating_point_v<T>) return static_cast<T>(seccoder_real(name));
        else if constexpr (std::is_enum_v<T>) return static_cast<T>(seccoder_pick(4));
        else if constexpr (std::is_default_constructible_v<T>) return T();
        else throw seccoder_nothing();
    }
};
inline std::pair<char *, size_t> seccoder_chars(const char *name) {
    size_t n = 0;
    if (seccoder_pick(3)) {
        char *text = seccoder_text(name);
        return {text, std::strlen(text)};
    }
    char *bytes = static_cast<char *>(seccoder_bytes(name, 0, &n));
    return {bytes, n};
}
template <> struct seccoder_maker<std::string> {
    static std::string make(const char *name) { auto [at, n] = seccoder_chars(name); return std::string(at, n); }
};
template <> struct seccoder_maker<std::string_view> {  // exactly as long as its block, without an end
    static std::string_view make(const char *name) {
        auto [at, n] = seccoder_chars(name);
        return {static_cast<char *>(std::memcpy(seccoder_room(n), at, n)), n};
    }
};
#ifdef _GLIBCXX_VECTOR
template <class T, class A> struct seccoder_maker<std::vector<T, A>> {
    static std::vector<T, A> make(const char *name) {
        if constexpr (sizeof(T) == 1 && std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool>) {
            size_t n = 0;
            auto *at = static_cast<T *>(seccoder_bytes(name, 0, &n));
            return std::vector<T, A>(at, at + n);
        } else {
            std::vector<T, A> made;
            size_t n = seccoder_length();
            if (n > 300) n = 300;
            made.reserve(n);
            for (size_t i = 0; i < n; i++) made.push_back(seccoder_make<T>("element"));
            return made;
        }
    }
};
#endif
#ifdef _GLIBCXX_ARRAY
template <class T, size_t N> struct seccoder_maker<std::array<T, N>> {
    static std::array<T, N> make(const char *) {
        std::array<T, N> made{};
        for (auto &one : made) one = seccoder_make<T>("element");
        return made;
    }
};
#endif
#ifdef _GLIBCXX_SPAN
template <class T> struct seccoder_maker<std::span<T>> {
    static std::span<T> make(const char *name) {
        using U = std::remove_const_t<T>;
        if constexpr (sizeof(U) == 1) {
            size_t n = 0;
            auto *at = static_cast<U *>(seccoder_bytes(name, 0, &n));
            return {at, n};
        } else {
            auto *all = new std::vector<U>(seccoder_make<std::vector<U>>(name));
            all->shrink_to_fit();
            return {all->data(), all->size()};
        }
    }
};
#endif
#ifdef _GLIBCXX_OPTIONAL
template <class T> struct seccoder_maker<std::optional<T>> {
    static std::optional<T> make(const char *name) {
        if (seccoder_pick(4) == 0) return std::nullopt;
        return seccoder_make<T>(name);
    }
};
#endif
template <class A, class B> struct seccoder_maker<std::pair<A, B>> {
    static std::pair<A, B> make(const char *name) {
        return {seccoder_make<std::remove_const_t<A>>(name), seccoder_make<B>(name)};
    }
};
#ifdef _GLIBCXX_TUPLE
template <class... T> struct seccoder_maker<std::tuple<T...>> {
    static std::tuple<T...> make(const char *name) { return {seccoder_make<T>(name)...}; }
};
#endif
template <class M> M seccoder_filled(const char *name) {
    M made;
    for (int n = seccoder_pick(6); n--;) made.insert(seccoder_make<typename M::value_type>(name));
    return made;
}
#ifdef _GLIBCXX_MAP
template <class... T> struct seccoder_maker<std::map<T...>> {
    static std::map<T...> make(const char *name) { return seccoder_filled<std::map<T...>>(name); }
};
#endif
#ifdef _GLIBCXX_UNORDERED_MAP
template <class... T> struct seccoder_maker<std::unordered_map<T...>> {
    static std::unordered_map<T...> make(const char *name) { return seccoder_filled<std::unordered_map<T...>>(name); }
};
#endif
#ifdef _GLIBCXX_SET
template <class... T> struct seccoder_maker<std::set<T...>> {
    static std::set<T...> make(const char *name) { return seccoder_filled<std::set<T...>>(name); }
};
#endif
#ifdef _GLIBCXX_MEMORY
template <class T> struct seccoder_maker<std::unique_ptr<T>> {
    static std::unique_ptr<T> make(const char *name) { return std::make_unique<T>(seccoder_make<T>(name)); }
};
template <class T> struct seccoder_maker<std::shared_ptr<T>> {
    static std::shared_ptr<T> make(const char *name) { return std::make_shared<T>(seccoder_make<T>(name)); }
};
#endif
#ifdef _GLIBCXX_FUNCTIONAL
template <class R, class... A> struct seccoder_maker<std::function<R(A...)>> {
    static std::function<R(A...)> make(const char *name) {
        return [name](A...) -> R { if constexpr (!std::is_void_v<R>) return seccoder_make<std::decay_t<R>>(name); };
    }
};
#endif
template <class T> T seccoder_make(const char *name) { return seccoder_maker<std::remove_cv_t<T>>::make(name); }

struct seccoder_any_function {
    template <class R, class... A> using pointer = R (*)(A...);
    template <class R, class... A> operator pointer<R, A...>() const {
        return [](A...) -> R { if constexpr (!std::is_void_v<R>) return R(); };
    }
};
template <class T> void seccoder_set(T &place, const char *name) {
    if constexpr (std::is_pointer_v<T> || std::is_array_v<T>) return;
    else if constexpr (std::is_move_assignable_v<T>) place = seccoder_make<T>(name);
}

// --- results ---
inline void seccoder_use(const char *text) { seccoder_read_text(text); }
inline void seccoder_use(std::string_view text) {
    seccoder_read_bytes(text.data(), text.size());
    std::fwrite(text.data(), 1, text.size() < 4096 ? text.size() : 4096, stdout);
}
inline void seccoder_use(const std::string &text) { seccoder_use(std::string_view(text)); }
#ifdef _GLIBCXX_VECTOR
template <class T, class A> void seccoder_use(const std::vector<T, A> &all);
#endif
#ifdef _GLIBCXX_SPAN
template <class T, size_t N> void seccoder_use(std::span<T, N> all) { seccoder_read_bytes(all.data(), all.size_bytes()); }
#endif
#ifdef _GLIBCXX_OPTIONAL
template <class T> void seccoder_use(const std::optional<T> &one);
#endif
template <class A, class B> void seccoder_use(const std::pair<A, B> &one);
template <class T> void seccoder_use(const T &one) {
    if constexpr (std::is_pointer_v<T>) {
        if constexpr (!std::is_void_v<std::remove_pointer_t<T>> && !std::is_function_v<std::remove_pointer_t<T>>)
            seccoder_read_place(static_cast<const void *>(one));
    } else if constexpr (std::is_trivially_copyable_v<T>) {
        seccoder_read_bytes(&one, sizeof one);
    }
}
#ifdef _GLIBCXX_VECTOR
template <class T, class A> void seccoder_use(const std::vector<T, A> &all) {
    if constexpr (!std::is_same_v<T, bool>)
        for (const auto &one : all) seccoder_use(one);
}
#endif
#ifdef _GLIBCXX_OPTIONAL
template <class T> void seccoder_use(const std::optional<T> &one) { if (one) seccoder_use(*one); }
#endif
template <class A, class B> void seccoder_use(const std::pair<A, B> &one) { seccoder_use(one.first), seccoder_use(one.second); }
