package harness

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
)

// A database that accepts every statement, records it, and answers with one row.

type base struct{}

func (base) Open(string) (driver.Conn, error) { return connection{}, nil }

type connection struct{}

func (connection) Prepare(query string) (driver.Stmt, error) { return statement{query}, nil }
func (connection) Close() error                              { return nil }
func (connection) Begin() (driver.Tx, error)                 { return transaction{}, nil }
func (connection) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	return transaction{}, nil
}
func (connection) CheckNamedValue(*driver.NamedValue) error { return nil }
func (connection) QueryContext(_ context.Context, query string, given []driver.NamedValue) (driver.Rows, error) {
	Statement(query, given)
	return &rows{}, nil
}
func (connection) ExecContext(_ context.Context, query string, given []driver.NamedValue) (driver.Result, error) {
	Statement(query, given)
	return driver.RowsAffected(1), nil
}

type transaction struct{}

func (transaction) Commit() error   { return nil }
func (transaction) Rollback() error { return nil }

type statement struct{ query string }

func (statement) Close() error                             { return nil }
func (statement) NumInput() int                            { return -1 }
func (statement) CheckNamedValue(*driver.NamedValue) error { return nil }
func (s statement) Exec(given []driver.Value) (driver.Result, error) {
	Statement(s.query, named(given))
	return driver.RowsAffected(1), nil
}
func (s statement) Query(given []driver.Value) (driver.Rows, error) {
	Statement(s.query, named(given))
	return &rows{}, nil
}

func named(given []driver.Value) []driver.NamedValue {
	made := []driver.NamedValue{}
	for index, each := range given {
		made = append(made, driver.NamedValue{Ordinal: index + 1, Value: each})
	}
	return made
}

// rows has one row with as many columns as are asked for, which only the caller of Scan knows.
type rows struct{ told bool }

func (*rows) Columns() []string { return make([]string, columns()) }
func (*rows) Close() error      { return nil }
func (r *rows) Next(values []driver.Value) error {
	if r.told {
		return io.EOF
	}
	r.told = true
	for index := range values {
		values[index] = "7"
	}
	return nil
}

// columns is how many values the source scans into at most.
func columns() int { return plan.columns() }

// Statement records a statement and what was bound to it.
func Statement(query string, given []driver.NamedValue) {
	bound := []string{}
	for _, each := range given {
		value := each.Value
		if of := reflect.ValueOf(value); of.Kind() == reflect.Slice && of.Type().Elem().Kind() == reflect.Uint8 {
			value = string(of.Bytes())
		}
		bound = append(bound, text(value))
	}
	at := line(0)
	now.mutex.Lock()
	now.sql = append(now.sql, []any{text(query), bound, plan.Dialect, true, at})
	now.mutex.Unlock()
	event("statement", "database/sql", at, append([]string{text(query)}, bound...))
}

func database() *sql.DB {
	opened, err := sql.Open("box", "box")
	if err != nil {
		panic(fmt.Sprint("no database: ", err))
	}
	return opened
}

func init() {
	for _, name := range []string{"box", "mysql", "postgres", "pgx", "sqlite3", "sqlite", "sqlserver", "mssql", "oracle", "libsql", "duckdb"} {
		sql.Register(name, base{})
	}
}

// columns counts the targets of the longest Scan in the source.
func (p Plan) columns() int {
	most := 1
	for _, found := range scans.FindAllStringSubmatch(p.Source, -1) {
		if count := strings.Count(found[1], "&"); count > most {
			most = count
		}
	}
	return most
}

var scans = regexp.MustCompile(`(?s)\.Scan\((.*?)\)`)
