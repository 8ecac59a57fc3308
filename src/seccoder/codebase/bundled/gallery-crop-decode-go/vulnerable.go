package gallery

import (
	"errors"
	"image"
	"image/draw"
	_ "image/jpeg"
	_ "image/png"
	"io"
)

const maxPixels = 25_000_000

var ErrSize = errors.New("the picture is empty or has more than 25 megapixels")

func Square(upload io.ReadSeeker) (image.Image, error) {
	picture, _, err := image.Decode(upload)
	if err != nil {
		return nil, err
	}
	size := picture.Bounds().Size()
	if size.X*size.Y < 1 || size.X*size.Y > maxPixels {
		return nil, ErrSize
	}
	side := size.X
	if size.Y < side {
		side = size.Y
	}
	square := image.NewRGBA(image.Rect(0, 0, side, side))
	corner := picture.Bounds().Min.Add(image.Pt((size.X-side)/2, (size.Y-side)/2))
	draw.Draw(square, square.Bounds(), picture, corner, draw.Src)
	return square, nil
}
