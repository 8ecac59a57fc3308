// vulnerable: rows and columns are confused where the cell is found
#include <vector>

class Grid {
public:
    Grid(unsigned char rows, unsigned char columns) : rows_(rows), columns_(columns), cells_(rows * columns) {}
    bool set(unsigned row, unsigned column, int value) {
        if (row >= rows_ || column >= columns_) return false;
        cells_[row * rows_ + column] = value;
        return true;
    }

private:
    unsigned rows_, columns_;
    std::vector<int> cells_;
};
