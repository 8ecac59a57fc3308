package repair

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

const organisers = "team@repair.example"

func Message(name, address, device, description string) ([]byte, error) {
	visitor, err := mail.ParseAddress(address)
	if err != nil {
		return nil, fmt.Errorf("mail address: %w", err)
	}
	if strings.ContainsAny(name+device, "\r\n") {
		return nil, errors.New("name and device are one line each")
	}
	visitor.Name = name
	var message bytes.Buffer
	fmt.Fprintf(&message, "From: %s\r\nTo: %s\r\n", organisers, organisers)
	// String and Encode quote what means something in a header.
	fmt.Fprintf(&message, "Reply-To: %s\r\n", visitor.String())
	fmt.Fprintf(&message, "Subject: %s\r\n", mime.QEncoding.Encode("utf-8", "To repair: "+device))
	fmt.Fprint(&message, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n")
	fmt.Fprint(&message, "Content-Transfer-Encoding: quoted-printable\r\n\r\n")
	body := quotedprintable.NewWriter(&message)
	if _, err := body.Write([]byte(description)); err != nil {
		return nil, err
	}
	err = body.Close()
	return message.Bytes(), err
}
