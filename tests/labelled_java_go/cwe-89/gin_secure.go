package web

import (
	"database/sql"
	"net/http"
	"github.com/gin-gonic/gin"
)

var db *sql.DB

func deleteUser(c *gin.Context) {
	if _, err := db.Exec("DELETE FROM users WHERE id = ?", c.Param("id")); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "failed"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"ok": true})
}
