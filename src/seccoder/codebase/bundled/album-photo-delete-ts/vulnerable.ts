export interface Album {
  id: string;
  ownerId: string;
}

export interface Photo {
  id: string;
  albumId: string;
  caption: string;
}

export class AlbumService {
  constructor(private albums: Map<string, Album>, private photos: Map<string, Photo>) {}

  private ownsAlbum(userId: string, albumId: string): boolean {
    return this.albums.get(albumId)?.ownerId === userId;
  }

  deletePhoto(userId: string, albumId: string, photoId: string): number {
    if (!this.ownsAlbum(userId, albumId)) return 404;
    return this.photos.delete(photoId) ? 204 : 404;
  }

  setCaption(userId: string, albumId: string, photoId: string, caption: string): number {
    if (!this.ownsAlbum(userId, albumId)) return 404;
    const photo = this.photos.get(photoId);
    if (!photo) return 404;
    photo.caption = caption.slice(0, 500);
    return 200;
  }
}
