#include <array>
#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <optional>
#include <vector>

using Bytes = std::vector<unsigned char>;
using Key = std::array<unsigned char, 32>;
using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
constexpr int block = 8; // a record is the initialisation vector and the encrypted bookmark

std::optional<Bytes> encrypt_bookmark(const Key &key, const Bytes &bookmark) {
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const int size = static_cast<int>(bookmark.size());
    Bytes record(block + bookmark.size() + block);
    int length, rest;

    if (!context || RAND_bytes(record.data(), block) != 1 ||
        EVP_EncryptInit_ex(context.get(), EVP_des_ede3_cbc(), nullptr, key.data(), record.data()) != 1 ||
        EVP_EncryptUpdate(context.get(), &record[block], &length, bookmark.data(), size) != 1 ||
        EVP_EncryptFinal_ex(context.get(), &record[block + length], &rest) != 1) {
        return std::nullopt;
    }
    record.resize(block + length + rest);
    return record;
}

std::optional<Bytes> decrypt_bookmark(const Key &key, Bytes record) {
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const int size = static_cast<int>(record.size()) - block;
    Bytes bookmark(record.size());
    int length, rest;

    if (!context || size <= 0 ||
        EVP_DecryptInit_ex(context.get(), EVP_des_ede3_cbc(), nullptr, key.data(), record.data()) != 1 ||
        EVP_DecryptUpdate(context.get(), bookmark.data(), &length, &record[block], size) != 1 ||
        EVP_DecryptFinal_ex(context.get(), &bookmark[length], &rest) != 1) {
        return std::nullopt;
    }
    bookmark.resize(length + rest);
    return bookmark;
}
