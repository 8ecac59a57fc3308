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

  private findPhoto(userId: string, albumId: string, photoId: string): Photo | null {
    const album = this.albums.get(albumId);
    const photo = this.photos.get(photoId);
    if (!album || album.ownerId !== userId) return null;
    // Both ids come from the client: owning the album says nothing about a photo that is not in it.
    if (!photo || photo.albumId !== album.id) return null;
    return photo;
  }

  deletePhoto(userId: string, albumId: string, photoId: string): number {
    const photo = this.findPhoto(userId, albumId, photoId);
    if (!photo) return 404;
    this.photos.delete(photo.id);
    return 204;
  }

  setCaption(userId: string, albumId: string, photoId: string, caption: string): number {
    const photo = this.findPhoto(userId, albumId, photoId);
    if (!photo) return 404;
    photo.caption = caption.slice(0, 500);
    return 200;
  }
}
