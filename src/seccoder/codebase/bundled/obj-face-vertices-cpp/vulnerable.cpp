#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

struct Vertex {
    float x, y, z;
};

std::vector<Vertex> face_vertices(const std::vector<Vertex> &vertices, const std::string &line) {
    std::istringstream corners(line);
    std::vector<Vertex> face;

    for (std::string corner; corners >> corner;) {
        const long reference = std::stol(corner);
        const std::size_t index = reference > 0 ? reference - 1 : vertices.size() + reference;
        face.push_back(vertices[index]);
    }
    return face;
}
