#include <array>
#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <optional>
#include <vector>

using Bytes = std::vector<unsigned char>;
using Key = std::array<unsigned char, 32>;
using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
constexpr int nonce = 12, tag = 16; // a record is the nonce, the encrypted bookmark and the tag

std::optional<Bytes> encrypt_bookmark(const Key &key, const Bytes &bookmark) {
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const int size = static_cast<int>(bookmark.size());
    Bytes record(nonce + bookmark.size() + tag);
    int length, rest;

    if (!context || RAND_bytes(record.data(), nonce) != 1 ||
        EVP_EncryptInit_ex(context.get(), EVP_chacha20_poly1305(), nullptr, key.data(), record.data()) != 1 ||
        EVP_EncryptUpdate(context.get(), &record[nonce], &length, bookmark.data(), size) != 1 ||
        EVP_EncryptFinal_ex(context.get(), &record[nonce + length], &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag, &record[nonce + size]) != 1) {
        return std::nullopt;
    }
    return record;
}

std::optional<Bytes> decrypt_bookmark(const Key &key, Bytes record) {
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const int size = static_cast<int>(record.size()) - nonce - tag;
    int length, rest;

    if (!context || size < 0 ||
        EVP_DecryptInit_ex(context.get(), EVP_chacha20_poly1305(), nullptr, key.data(), record.data()) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag, &record[nonce + size]) != 1 ||
        EVP_DecryptUpdate(context.get(), &record[nonce], &length, &record[nonce], size) != 1 ||
        EVP_DecryptFinal_ex(context.get(), &record[nonce + length], &rest) != 1) { // the tag is wrong
        return std::nullopt;
    }
    return Bytes(record.begin() + nonce, record.begin() + nonce + size);
}
