-- ask.lua - for wrk: the addresses of the file named by ADDRESSES, in turn; PACE: a connection waits so many ms between two of them, give or take
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

local pace = tonumber(os.getenv("PACE") or "0")
if pace > 0 then
	delay = function()
		return math.random(0, 2 * pace)
	end
end
