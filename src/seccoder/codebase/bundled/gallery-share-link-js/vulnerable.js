const ID = /^[a-z0-9]{16,24}$/;

export function newGalleryId(galleries) {
  for (;;) {
    const time = Date.now().toString(36);
    const id = time + Math.random().toString(36).slice(2).padEnd(12, "0");
    if (!galleries.has(id)) return id;
  }
}

export function galleryLink(id, site = "https://photos.example") {
  if (!ID.test(id)) throw new TypeError("Not the id of a gallery");
  return new URL(`/g/${id}`, site).href;
}
