-- ask.lua - for wrk: the addresses of the file named by ADDRESSES, in turn
local asked, i = {}, 0

init = function()
	for line in io.lines(os.getenv("ADDRESSES")) do
		asked[#asked + 1] = wrk.format("GET", line)
	end
end

request = function()
	i = i % #asked + 1
	return asked[i]
end
