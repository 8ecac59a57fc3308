#include <stdint.h>

struct image {
    int width, height;
    uint8_t *pixels; /* width * height bytes, row after row */
};

/* Gives the pixel in column x of row y its value; a point that is not on the image is not drawn. */
void set_pixel(struct image *image, int x, int y, uint8_t value)
{
    if (x < image->width && y < image->height) {
        image->pixels[y * image->width + x] = value;
    }
}
