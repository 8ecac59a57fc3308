package repair

import (
	"bytes"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"strings"
)

const organisers = "team@repair.example"

func Message(name, address, device, description string) ([]byte, error) {
	if !strings.Contains(address, "@") || strings.Contains(address, " ") {
		return nil, errors.New("not a mail address")
	}
	var message bytes.Buffer
	fmt.Fprintf(&message, "From: %s\r\nTo: %s\r\n", organisers, organisers)
	fmt.Fprintf(&message, "Reply-To: %q <%s>\r\n", name, address)
	fmt.Fprintf(&message, "Subject: To repair: %s\r\n", device)
	fmt.Fprint(&message, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n")
	fmt.Fprint(&message, "Content-Transfer-Encoding: quoted-printable\r\n\r\n")
	body := quotedprintable.NewWriter(&message)
	if _, err := body.Write([]byte(description)); err != nil {
		return nil, err
	}
	err := body.Close()
	return message.Bytes(), err
}
