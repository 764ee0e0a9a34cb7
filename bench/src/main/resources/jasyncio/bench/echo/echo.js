// Node's servers. Argument: echo, where what arrives is written back, and not read while the write buffer is full; or line, where a line is answered with that line.
const net = require('node:net');

function echo(socket) {
  socket.pipe(socket);
}

function answerLine(socket) {
  let line = Buffer.alloc(0);
  socket.on('data', (data) => {
    line = line.length === 0 ? data : Buffer.concat([line, data]);
    if (line.includes(10)) {
      socket.end(line);
    }
  });
}

const serve = process.argv[2] === 'line' ? answerLine : echo;
const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  serve(socket);
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => console.log('port', server.address().port));
