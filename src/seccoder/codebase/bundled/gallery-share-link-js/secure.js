import { randomBytes } from "node:crypto";

const ID = /^[A-Za-z0-9_-]{22}$/;

export function newGalleryId(galleries) {
  for (;;) {
    // The link is all that protects the pictures: 128 bits that no earlier id says anything about.
    const id = randomBytes(16).toString("base64url");
    if (!galleries.has(id)) return id;
  }
}

export function galleryLink(id, site = "https://photos.example") {
  if (!ID.test(id)) throw new TypeError("Not the id of a gallery");
  return new URL(`/g/${id}`, site).href;
}
