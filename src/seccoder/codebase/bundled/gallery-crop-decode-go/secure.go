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
	// The header alone says how much memory Decode would take, whatever the size of the file.
	config, _, err := image.DecodeConfig(upload)
	if err != nil {
		return nil, err
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return nil, ErrSize
	}
	if _, err := upload.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(upload)
	if err != nil {
		return nil, err
	}
	side := config.Width
	if config.Height < side {
		side = config.Height
	}
	square := image.NewRGBA(image.Rect(0, 0, side, side))
	corner := picture.Bounds().Min.Add(image.Pt((config.Width-side)/2, (config.Height-side)/2))
	draw.Draw(square, square.Bounds(), picture, corner, draw.Src)
	return square, nil
}
