// Go's servers: a goroutine per connection. Argument: echo, or line for one that answers a line with that line and closes.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

const readSize = 256 * 1024

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("port", listener.Addr().(*net.TCPAddr).Port)
	serve := echo
	if os.Args[1] == "line" {
		serve = answerLine
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go serve(connection.(*net.TCPConn))
	}
}

// TCP_NODELAY is Go's default.
func echo(connection *net.TCPConn) {
	defer connection.Close()
	buffer := make([]byte, readSize)
	for {
		count, err := connection.Read(buffer)
		if err != nil {
			return
		}
		if _, err := connection.Write(buffer[:count]); err != nil {
			return
		}
	}
}

func answerLine(connection *net.TCPConn) {
	defer connection.Close()
	line, err := bufio.NewReader(connection).ReadBytes('\n')
	if err == nil {
		connection.Write(line)
	}
}
