/*! Checks the proofs of a view log. Contains @noble/curves and @noble/hashes, (c) Paul Miller, MIT. */
// electron/shared/ledger/ledger-format-error.ts
var e = class extends Error {
	code;
	constructor(e, t) {
		super(t), this.name = "LedgerFormatError", this.code = e;
	}
}, t = new TextEncoder(), n = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", r = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", i = (e) => {
	let t = (/* @__PURE__ */ new Uint8Array(128)).fill(255);
	for (let n = 0; n < 64; n++) t[e.charCodeAt(n)] = n;
	return t;
}, a = i(n), o = i(r), s = (e) => t.encode(e), c = (...e) => {
	let t = new Uint8Array(e.reduce((e, t) => e + t.length, 0)), n = 0;
	for (let r of e) t.set(r, n), n += r.length;
	return t;
}, l = (e, t) => e.length === t.length && e.every((e, n) => e === t[n]), u = (e, t, n) => {
	let r = "";
	for (let i = 0; i < e.length; i += 3) {
		let a = e.length - i, o = (e[i] ?? 0) << 16 | (e[i + 1] ?? 0) << 8 | (e[i + 2] ?? 0);
		r += t.charAt(o >> 18) + t.charAt(o >> 12 & 63), r += a > 1 ? t.charAt(o >> 6 & 63) : n, r += a > 2 ? t.charAt(o & 63) : n;
	}
	return r;
}, d = (t, n) => {
	let r = new Uint8Array(Math.floor(t.length * 3 / 4)), i = 0, a = 0, o = 0;
	for (let s = 0; s < t.length; s++) {
		let c = n[t.charCodeAt(s)] ?? 255;
		if (c === 255) throw new e("base64", "not base64");
		i = (i << 6 | c) & 16777215, a += 6, a >= 8 && (a -= 8, r[o++] = i >> a & 255);
	}
	if (a === 6 || i & (1 << a) - 1) throw new e("base64", "not base64");
	return r.subarray(0, o);
}, f = (e) => u(e, n, "="), p = (e) => u(e, r, ""), m = (t) => {
	if (t.length % 4 != 0) throw new e("base64", "not base64");
	return d(t.replace(/={1,2}$/, ""), a);
}, h = (e) => d(e, o), g = (e) => Array.from(e, (e) => e.toString(16).padStart(2, "0")).join(""), _ = /* @__PURE__ */ BigInt(2 ** 32 - 1), v = /* @__PURE__ */ BigInt(32);
function y(e, t = !1) {
	return t ? {
		h: Number(e & _),
		l: Number(e >> v & _)
	} : {
		h: Number(e >> v & _) | 0,
		l: Number(e & _) | 0
	};
}
function b(e, t = !1) {
	let n = e.length, r = new Uint32Array(n), i = new Uint32Array(n);
	for (let a = 0; a < n; a++) {
		let { h: n, l: o } = y(e[a], t);
		[r[a], i[a]] = [n, o];
	}
	return [r, i];
}
var x = (e) => e / 2 ** 32 | 0, S = (e) => e >>> 0;
function ee(e, t, n, r) {
	let i = x(n), a = S(n);
	e.setUint32(t, r ? a : i, r), e.setUint32(t + 4, r ? i : a, r);
}
var C = (e, t, n) => e >>> n, w = (e, t, n) => e << 32 - n | t >>> n, T = (e, t, n) => e >>> n | t << 32 - n, E = (e, t, n) => e << 32 - n | t >>> n, D = (e, t, n) => e << 64 - n | t >>> n - 32, O = (e, t, n) => e >>> n - 32 | t << 64 - n;
function k(e, t, n, r) {
	let i = (t >>> 0) + (r >>> 0);
	return {
		h: e + n + (i / 2 ** 32 | 0) | 0,
		l: i | 0
	};
}
var te = (e, t, n) => (e >>> 0) + (t >>> 0) + (n >>> 0), ne = (e, t, n, r) => t + n + r + (e / 2 ** 32 | 0) | 0, re = (e, t, n, r) => (e >>> 0) + (t >>> 0) + (n >>> 0) + (r >>> 0), ie = (e, t, n, r, i) => t + n + r + i + (e / 2 ** 32 | 0) | 0, ae = (e, t, n, r, i) => (e >>> 0) + (t >>> 0) + (n >>> 0) + (r >>> 0) + (i >>> 0), oe = (e, t, n, r, i, a) => t + n + r + i + a + (e / 2 ** 32 | 0) | 0;
// node_modules/@noble/hashes/utils.js
function A(e) {
	return e instanceof Uint8Array || ArrayBuffer.isView(e) && e.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in e && e.BYTES_PER_ELEMENT === 1;
}
var se = (e) => e ? `"${e}" ` : "";
function ce(e, t = "") {
	if (typeof e != "number") throw TypeError(se(t) + "expected number, got " + typeof e);
	if (!Number.isSafeInteger(e) || e < 0) throw RangeError(se(t) + "expected integer >= 0, got " + e);
	return e;
}
function j(e, t, n = "") {
	if (A(e) && (t === void 0 || e.length === t)) return e;
	t !== void 0 && ce(t, "length");
	let r = A(e), i = t === void 0 ? "" : ` of length ${t}`, a = r ? `length=${e.length}` : `type=${typeof e}`, o = se(n) + "expected Uint8Array" + i + ", got " + a;
	throw r ? RangeError(o) : TypeError(o);
}
var le = (e, t) => {
	if (typeof e != "object" || !e || Array.isArray(e)) throw TypeError((t === "object" ? "" : `"${t}" `) + "expected object, got type=" + typeof e);
}, ue = (e, t) => {
	le(e, t);
	let n = Object.getPrototypeOf(e);
	if (n !== Object.prototype && n !== null) throw TypeError(`"${t}" expected plain object`);
	if (Object.hasOwn(e, "__proto__")) throw TypeError(`"${t}.__proto__" is not allowed`);
};
function de(e, t = !0) {
	if (e.destroyed) throw Error("hash was destroyed");
	if (t && e.finished) throw Error("digest() was already called");
}
function fe(e, t) {
	j(e, void 0, "output");
	let n = t.outputLen;
	if (!(e.length >= n)) throw RangeError("\"output\" expected length >= " + n);
}
function pe(...e) {
	for (let t = 0; t < e.length; t++) e[t].fill(0);
}
function me(e) {
	return new DataView(e.buffer, e.byteOffset, e.byteLength);
}
function M(e, t) {
	return e << 32 - t | e >>> t;
}
var he = typeof Uint8Array.from([]).toHex == "function" && typeof Uint8Array.fromHex == "function", ge = /* @__PURE__ */ Array.from({ length: 256 }, (e, t) => t.toString(16).padStart(2, "0"));
function _e(e) {
	if (j(e), he) return e.toHex();
	let t = "";
	for (let n = 0; n < e.length; n++) t += ge[e[n]];
	return t;
}
function ve(e) {
	return e >= 48 && e <= 57 ? e - 48 : e >= 65 && e <= 70 ? e - 55 : e >= 97 && e <= 102 ? e - 87 : void 0;
}
function ye(e) {
	if (typeof e != "string") throw TypeError("hex string expected, got " + typeof e);
	if (he) try {
		return Uint8Array.fromHex(e);
	} catch (e) {
		throw e instanceof SyntaxError ? RangeError(e.message) : e;
	}
	let t = e.length, n = t / 2;
	if (t % 2) throw RangeError("hex string expected, got unpadded hex of length " + t);
	let r = new Uint8Array(n);
	for (let t = 0, i = 0; t < n; t++, i += 2) {
		let n = ve(e.charCodeAt(i)), a = ve(e.charCodeAt(i + 1));
		if (n === void 0 || a === void 0) {
			let t = e[i] + e[i + 1];
			throw RangeError("hex string expected, got non-hex character \"" + t + "\" at index " + i);
		}
		r[t] = n * 16 + a;
	}
	return r;
}
function be(...e) {
	let t = 0;
	for (let n = 0; n < e.length; n++) {
		let r = e[n];
		j(r), t += r.length;
	}
	let n = new Uint8Array(t);
	for (let t = 0, r = 0; t < e.length; t++) {
		let i = e[t];
		n.set(i, r), r += i.length;
	}
	return n;
}
function xe(e, t, n = "opts") {
	return ue(e, "defaults"), t !== void 0 && ue(t, n), Object.assign(Object.create(null), e, t);
}
function Se(e, t = {}) {
	if (typeof e != "function") throw TypeError("\"hashCons\" expected function, got type=" + typeof e);
	t = xe({}, t, "info");
	let n = (t, n) => e(n).update(t).digest(), r = e(void 0);
	return n.outputLen = r.outputLen, n.blockLen = r.blockLen, n.canXOF = r.canXOF, n.create = (t) => e(t), Object.assign(n, t), Object.freeze(n);
}
function Ce(e = 32) {
	ce(e, "bytesLength");
	let t = typeof globalThis == "object" ? globalThis.crypto : null;
	if (typeof t?.getRandomValues != "function") throw Error("crypto.getRandomValues must be defined");
	if (e > 65536) throw RangeError(`"bytesLength" expected <= 65536, got ${e}`);
	return t.getRandomValues(new Uint8Array(e));
}
var we = (e) => ({ oid: Uint8Array.from([
	6,
	9,
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	e
]) });
// node_modules/@noble/hashes/_md.js
function Te(e, t, n) {
	return e & t ^ ~e & n;
}
function Ee(e, t, n) {
	return e & t ^ e & n ^ t & n;
}
var De = class {
	blockLen;
	outputLen;
	canXOF = !1;
	padOffset;
	isLE;
	buffer;
	view;
	finished = !1;
	length = 0;
	pos = 0;
	destroyed = !1;
	constructor(e, t, n, r) {
		this.blockLen = e, this.outputLen = t, this.padOffset = n, this.isLE = r, this.buffer = new Uint8Array(e), this.view = me(this.buffer);
	}
	update(e) {
		de(this), j(e);
		let { view: t, buffer: n, blockLen: r } = this, i = e.length, a = !1;
		for (let o = 0; o < i;) {
			let s = Math.min(r - this.pos, i - o);
			if (s === r) {
				let t = me(e);
				for (; r <= i - o; o += r) this.process(t, o);
				a = !0;
			} else n.set(o === 0 && s === i ? e : e.subarray(o, o + s), this.pos), this.pos += s, o += s, this.pos === r && (this.process(t, 0), this.pos = 0, a = !0);
		}
		return this.length += e.length, a && this.roundClean(), this;
	}
	digestInto(e) {
		de(this), fe(e, this), this.finished = !0;
		let { buffer: t, view: n, blockLen: r, isLE: i } = this, { pos: a } = this;
		t[a++] = 128, t.fill(0, a), this.padOffset > r - a && (this.process(n, 0), t.fill(0)), ee(n, r - 8, this.length * 8, i), this.process(n, 0), this.roundClean();
		let o = e === t ? n : me(e), s = this.outputLen, c = s / 4, l = this.get();
		if (s % 4 || c > l.length) throw Error("invalid outputLen");
		for (let e = 0; e < c; e++) o.setUint32(4 * e, l[e], i);
	}
	digest() {
		let { buffer: e, outputLen: t } = this;
		this.digestInto(e);
		let n = e.slice(0, t);
		return this.destroy(), n;
	}
	_cloneIntoMeta(e) {
		let { buffer: t, length: n, finished: r, destroyed: i, pos: a } = this;
		return e.destroyed = i, e.finished = r, e.length = n, e.pos = a, a && e.buffer.set(t), e;
	}
	clone() {
		return this._cloneInto();
	}
}, Oe = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]), ke = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	4089235720,
	3144134277,
	2227873595,
	1013904242,
	4271175723,
	2773480762,
	1595750129,
	1359893119,
	2917565137,
	2600822924,
	725511199,
	528734635,
	4215389547,
	1541459225,
	327033209
]), Ae = /* @__PURE__ */ Uint32Array.from([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]), N = /* @__PURE__ */ new Uint32Array(64), je = class extends De {
	A = 0;
	B = 0;
	C = 0;
	D = 0;
	E = 0;
	F = 0;
	G = 0;
	H = 0;
	constructor(e, t) {
		super(64, e, 8, !1), this.A = t[0] | 0, this.B = t[1] | 0, this.C = t[2] | 0, this.D = t[3] | 0, this.E = t[4] | 0, this.F = t[5] | 0, this.G = t[6] | 0, this.H = t[7] | 0;
	}
	get() {
		let { A: e, B: t, C: n, D: r, E: i, F: a, G: o, H: s } = this;
		return [
			e,
			t,
			n,
			r,
			i,
			a,
			o,
			s
		];
	}
	set(e, t, n, r, i, a, o, s) {
		this.A = e | 0, this.B = t | 0, this.C = n | 0, this.D = r | 0, this.E = i | 0, this.F = a | 0, this.G = o | 0, this.H = s | 0;
	}
	_cloneInto(e) {
		return (e ||= new this.constructor()).set(...this.get()), this._cloneIntoMeta(e);
	}
	process(e, t) {
		for (let n = 0; n < 16; n++, t += 4) N[n] = e.getUint32(t, !1);
		for (let e = 16; e < 64; e++) {
			let t = N[e - 15], n = N[e - 2], r = M(t, 7) ^ M(t, 18) ^ t >>> 3, i = M(n, 17) ^ M(n, 19) ^ n >>> 10;
			N[e] = i + N[e - 7] + r + N[e - 16] | 0;
		}
		let { A: n, B: r, C: i, D: a, E: o, F: s, G: c, H: l } = this;
		for (let e = 0; e < 64; e++) {
			let t = M(o, 6) ^ M(o, 11) ^ M(o, 25), u = l + t + Te(o, s, c) + Ae[e] + N[e] | 0, d = (M(n, 2) ^ M(n, 13) ^ M(n, 22)) + Ee(n, r, i) | 0;
			l = c, c = s, s = o, o = a + u | 0, a = i, i = r, r = n, n = u + d | 0;
		}
		n = n + this.A | 0, r = r + this.B | 0, i = i + this.C | 0, a = a + this.D | 0, o = o + this.E | 0, s = s + this.F | 0, c = c + this.G | 0, l = l + this.H | 0, this.set(n, r, i, a, o, s, c, l);
	}
	roundClean() {
		pe(N);
	}
	destroy() {
		this.destroyed = !0, this.set(0, 0, 0, 0, 0, 0, 0, 0), pe(this.buffer);
	}
}, Me = class extends je {
	constructor() {
		super(32, Oe);
	}
}, Ne = /* @__PURE__ */ b((/* @__PURE__ */ "0x428a2f98d728ae22.0x7137449123ef65cd.0xb5c0fbcfec4d3b2f.0xe9b5dba58189dbbc.0x3956c25bf348b538.0x59f111f1b605d019.0x923f82a4af194f9b.0xab1c5ed5da6d8118.0xd807aa98a3030242.0x12835b0145706fbe.0x243185be4ee4b28c.0x550c7dc3d5ffb4e2.0x72be5d74f27b896f.0x80deb1fe3b1696b1.0x9bdc06a725c71235.0xc19bf174cf692694.0xe49b69c19ef14ad2.0xefbe4786384f25e3.0x0fc19dc68b8cd5b5.0x240ca1cc77ac9c65.0x2de92c6f592b0275.0x4a7484aa6ea6e483.0x5cb0a9dcbd41fbd4.0x76f988da831153b5.0x983e5152ee66dfab.0xa831c66d2db43210.0xb00327c898fb213f.0xbf597fc7beef0ee4.0xc6e00bf33da88fc2.0xd5a79147930aa725.0x06ca6351e003826f.0x142929670a0e6e70.0x27b70a8546d22ffc.0x2e1b21385c26c926.0x4d2c6dfc5ac42aed.0x53380d139d95b3df.0x650a73548baf63de.0x766a0abb3c77b2a8.0x81c2c92e47edaee6.0x92722c851482353b.0xa2bfe8a14cf10364.0xa81a664bbc423001.0xc24b8b70d0f89791.0xc76c51a30654be30.0xd192e819d6ef5218.0xd69906245565a910.0xf40e35855771202a.0x106aa07032bbd1b8.0x19a4c116b8d2d0c8.0x1e376c085141ab53.0x2748774cdf8eeb99.0x34b0bcb5e19b48a8.0x391c0cb3c5c95a63.0x4ed8aa4ae3418acb.0x5b9cca4f7763e373.0x682e6ff3d6b2b8a3.0x748f82ee5defb2fc.0x78a5636f43172f60.0x84c87814a1f0ab72.0x8cc702081a6439ec.0x90befffa23631e28.0xa4506cebde82bde9.0xbef9a3f7b2c67915.0xc67178f2e372532b.0xca273eceea26619c.0xd186b8c721c0c207.0xeada7dd6cde0eb1e.0xf57d4f7fee6ed178.0x06f067aa72176fba.0x0a637dc5a2c898a6.0x113f9804bef90dae.0x1b710b35131c471b.0x28db77f523047d84.0x32caab7b40c72493.0x3c9ebe0a15c9bebc.0x431d67c49c100d4c.0x4cc5d4becb3e42b6.0x597f299cfc657e2a.0x5fcb6fab3ad6faec.0x6c44198c4a475817".split(".")).map((e) => BigInt(e))), Pe = Ne[0], Fe = Ne[1], P = /* @__PURE__ */ new Uint32Array(80), F = /* @__PURE__ */ new Uint32Array(80), Ie = class extends De {
	Ah = 0;
	Al = 0;
	Bh = 0;
	Bl = 0;
	Ch = 0;
	Cl = 0;
	Dh = 0;
	Dl = 0;
	Eh = 0;
	El = 0;
	Fh = 0;
	Fl = 0;
	Gh = 0;
	Gl = 0;
	Hh = 0;
	Hl = 0;
	constructor(e, t) {
		super(128, e, 16, !1), this.Ah = t[0] | 0, this.Al = t[1] | 0, this.Bh = t[2] | 0, this.Bl = t[3] | 0, this.Ch = t[4] | 0, this.Cl = t[5] | 0, this.Dh = t[6] | 0, this.Dl = t[7] | 0, this.Eh = t[8] | 0, this.El = t[9] | 0, this.Fh = t[10] | 0, this.Fl = t[11] | 0, this.Gh = t[12] | 0, this.Gl = t[13] | 0, this.Hh = t[14] | 0, this.Hl = t[15] | 0;
	}
	get() {
		let { Ah: e, Al: t, Bh: n, Bl: r, Ch: i, Cl: a, Dh: o, Dl: s, Eh: c, El: l, Fh: u, Fl: d, Gh: f, Gl: p, Hh: m, Hl: h } = this;
		return [
			e,
			t,
			n,
			r,
			i,
			a,
			o,
			s,
			c,
			l,
			u,
			d,
			f,
			p,
			m,
			h
		];
	}
	set(e, t, n, r, i, a, o, s, c, l, u, d, f, p, m, h) {
		this.Ah = e | 0, this.Al = t | 0, this.Bh = n | 0, this.Bl = r | 0, this.Ch = i | 0, this.Cl = a | 0, this.Dh = o | 0, this.Dl = s | 0, this.Eh = c | 0, this.El = l | 0, this.Fh = u | 0, this.Fl = d | 0, this.Gh = f | 0, this.Gl = p | 0, this.Hh = m | 0, this.Hl = h | 0;
	}
	_cloneInto(e) {
		return (e ||= new this.constructor()).set(...this.get()), this._cloneIntoMeta(e);
	}
	process(e, t) {
		for (let n = 0; n < 16; n++, t += 4) P[n] = e.getUint32(t), F[n] = e.getUint32(t += 4);
		for (let e = 16; e < 80; e++) {
			let t = P[e - 15] | 0, n = F[e - 15] | 0, r = T(t, n, 1) ^ T(t, n, 8) ^ C(t, n, 7), i = E(t, n, 1) ^ E(t, n, 8) ^ w(t, n, 7), a = P[e - 2] | 0, o = F[e - 2] | 0, s = T(a, o, 19) ^ D(a, o, 61) ^ C(a, o, 6), c = re(i, E(a, o, 19) ^ O(a, o, 61) ^ w(a, o, 6), F[e - 7], F[e - 16]), l = ie(c, r, s, P[e - 7], P[e - 16]);
			P[e] = l | 0, F[e] = c | 0;
		}
		let { Ah: n, Al: r, Bh: i, Bl: a, Ch: o, Cl: s, Dh: c, Dl: l, Eh: u, El: d, Fh: f, Fl: p, Gh: m, Gl: h, Hh: g, Hl: _ } = this;
		for (let e = 0; e < 80; e++) {
			let t = T(u, d, 14) ^ T(u, d, 18) ^ D(u, d, 41), v = E(u, d, 14) ^ E(u, d, 18) ^ O(u, d, 41), y = u & f ^ ~u & m, b = d & p ^ ~d & h, x = ae(_, v, b, Fe[e], F[e]), S = oe(x, g, t, y, Pe[e], P[e]), ee = x | 0, C = T(n, r, 28) ^ D(n, r, 34) ^ D(n, r, 39), w = E(n, r, 28) ^ O(n, r, 34) ^ O(n, r, 39), re = n & i ^ n & o ^ i & o, ie = r & a ^ r & s ^ a & s;
			g = m | 0, _ = h | 0, m = f | 0, h = p | 0, f = u | 0, p = d | 0, {h: u, l: d} = k(c | 0, l | 0, S | 0, ee | 0), c = o | 0, l = s | 0, o = i | 0, s = a | 0, i = n | 0, a = r | 0;
			let A = te(ee, w, ie);
			n = ne(A, S, C, re), r = A | 0;
		}
		({h: n, l: r} = k(this.Ah | 0, this.Al | 0, n | 0, r | 0)), {h: i, l: a} = k(this.Bh | 0, this.Bl | 0, i | 0, a | 0), {h: o, l: s} = k(this.Ch | 0, this.Cl | 0, o | 0, s | 0), {h: c, l: l} = k(this.Dh | 0, this.Dl | 0, c | 0, l | 0), {h: u, l: d} = k(this.Eh | 0, this.El | 0, u | 0, d | 0), {h: f, l: p} = k(this.Fh | 0, this.Fl | 0, f | 0, p | 0), {h: m, l: h} = k(this.Gh | 0, this.Gl | 0, m | 0, h | 0), {h: g, l: _} = k(this.Hh | 0, this.Hl | 0, g | 0, _ | 0), this.set(n, r, i, a, o, s, c, l, u, d, f, p, m, h, g, _);
	}
	roundClean() {
		pe(P, F);
	}
	destroy() {
		this.destroyed = !0, pe(this.buffer), this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
	}
}, Le = class extends Ie {
	constructor() {
		super(64, ke);
	}
}, Re = /* @__PURE__ */ Se(() => new Me(), /* @__PURE__ */ we(1)), ze = /* @__PURE__ */ Se(() => new Le(), /* @__PURE__ */ we(3));
// node_modules/@noble/curves/utils.js
function Be(e, t, n = () => {}) {
	if (!Array.isArray(e)) throw TypeError(`"${t}" expected array, got type=${typeof e}`);
	for (let r = 0; r < e.length; r++) n(e[r], `${t}[${r}]`);
	return e;
}
var I = (e, t, n) => j(e, t, n), Ve = ce;
function L(e, t = "object") {
	if (typeof e != "object" || !e || Array.isArray(e)) throw TypeError(t === "object" ? "expected valid options object" : `"${t}" expected object, got type=${typeof e}`);
	return e;
}
function R(e, t) {
	if (typeof e != "function") throw TypeError(`"${t}" is invalid: expected function, got ${typeof e}`);
	return e;
}
var He = _e, Ue = (...e) => be(...e), We = (e) => ye(e), Ge = A, Ke = (e) => Ce(e), qe = /* @__PURE__ */ BigInt(0), Je = /* @__PURE__ */ BigInt(1), Ye = (e) => e ? `"${e}" ` : "";
function z(e, t = "") {
	if (typeof e != "boolean") throw TypeError(Ye(t) + "expected boolean, got type=" + typeof e);
	return e;
}
function Xe(e) {
	if (typeof e == "bigint") {
		if (!B(e)) throw RangeError("positive bigint expected, got " + e);
	} else Ve(e);
	return e;
}
function Ze(e, t = "") {
	if (typeof e != "number") {
		let n = t && `"${t}" `;
		throw TypeError(n + "expected number, got type=" + typeof e);
	}
	if (!Number.isSafeInteger(e)) {
		let n = t && `"${t}" `;
		throw RangeError(n + "expected safe integer, got " + e);
	}
}
function Qe(e) {
	if (typeof e != "string") throw TypeError("hex string expected, got " + typeof e);
	return e === "" ? qe : BigInt("0x" + e);
}
function $e(e) {
	return Qe(_e(e));
}
function et(e) {
	return Qe(_e(rt(j(e)).reverse()));
}
function tt(e, t) {
	if (ce(t), t === 0) throw Error("zero output length is invalid");
	e = Xe(e);
	let n = t * 2, r = e.toString(16);
	if (r.length > n) throw RangeError("number is too large");
	return ye(r.padStart(n, "0"));
}
function nt(e, t) {
	return tt(e, t).reverse();
}
function rt(e) {
	return Uint8Array.from(I(e));
}
function B(e) {
	return typeof e == "bigint" && qe <= e;
}
function it(e, t, n) {
	return B(e) && B(t) && B(n) && t <= e && e < n;
}
function at(e, t, n, r) {
	if (!it(t, n, r)) throw RangeError("expected valid " + e + ": " + n + " <= n < " + r + ", got " + t);
}
function ot(e) {
	if (e < qe) throw Error("expected non-negative bigint, got " + e);
	return e === qe ? 0 : e.toString(2).length;
}
var st = (e) => (Ze(e, "n"), (Je << BigInt(e)) - Je);
function V(e, t = {}, n = {}, r = "object") {
	L(e, r), L(t, "fields"), L(n, "optFields");
	function i(t, n, i) {
		let a = r === "object" ? `param "${String(t)}"` : `"${r}.${String(t)}"`, o = e[t];
		if (!Object.hasOwn(e, t) && (i ? o !== void 0 : n !== "function")) throw TypeError(`${a} is invalid: expected own property`);
		if (i && o === void 0) return;
		let s = typeof o;
		if (s !== n || o === null) throw TypeError(`${a} is invalid: expected ${n}, got ${s}`);
	}
	let a = (e, t) => Object.entries(e).forEach(([e, n]) => i(e, n, t));
	a(t, !1), a(n, !0);
}
// node_modules/@noble/curves/abstract/modular.js
var H = /* @__PURE__ */ BigInt(0), U = /* @__PURE__ */ BigInt(1), W = /* @__PURE__ */ BigInt(2), ct = /* @__PURE__ */ BigInt(3), lt = /* @__PURE__ */ BigInt(4), ut = /* @__PURE__ */ BigInt(5), dt = /* @__PURE__ */ BigInt(7), ft = /* @__PURE__ */ BigInt(8), pt = /* @__PURE__ */ BigInt(9), mt = /* @__PURE__ */ BigInt(15), ht = /* @__PURE__ */ BigInt(16), gt = /* @__PURE__ */ BigInt("0x10000000000000000");
function G(e, t) {
	if (t <= H) throw Error("mod: expected positive modulus, got " + t);
	let n = e % t;
	return n >= H ? n : t + n;
}
function _t(e, t, n) {
	if (n <= U) throw Error("pow: expected modulus > 1, got " + n);
	if (typeof t != "bigint") throw TypeError("invalid exponent: expected bigint, got " + typeof t);
	if (t < H) throw Error("invalid exponent, negatives unsupported");
	if (t === H) return U;
	if (t === U) return e;
	let r = e % n;
	if (r < H && (r += n), t < gt) {
		let e = U;
		for (; t > H;) t & U && (e = e * r % n), r = r * r % n, t >>= U;
		return e;
	}
	let i = [];
	for (; t > H;) i.push(Number(t & mt)), t >>= lt;
	let a = Array(16);
	a[0] = U, a[1] = r;
	for (let e = 2; e < 16; e++) a[e] = a[e - 1] * r % n;
	let o = a[i[i.length - 1]];
	for (let e = i.length - 2; e >= 0; e--) {
		o = o * o % n, o = o * o % n, o = o * o % n, o = o * o % n;
		let t = i[e];
		t !== 0 && (o = o * a[t] % n);
	}
	return o;
}
function K(e, t, n) {
	if (n <= U) throw Error("pow2: expected modulus > 1, got " + n);
	if (t < H) throw Error("pow2: expected non-negative exponent, got " + t);
	let r = e;
	for (; t-- > H;) r *= r, r %= n;
	return r;
}
function vt(e, t) {
	if (e === H) throw Error("invert: expected non-zero number");
	if (t <= U) throw Error("invert: expected modulus > 1, got " + t);
	let n = G(e, t), r = t, i = H, a = U;
	for (; n !== H;) {
		let e = r / n, t = r - n * e, o = i - a * e;
		r = n, n = t, i = a, a = o;
	}
	if (r !== U) throw Error("invert: does not exist");
	return G(i, t);
}
function yt(e, t, n) {
	let r = e;
	if (!r.eql(r.sqr(t), n)) throw Error("Cannot find square root");
}
function bt(e, t) {
	if ((e & U) === H) throw Error(t + ": expected odd modulus, got " + e);
}
function xt(e, t) {
	let n = e, r = (n.ORDER + U) / lt, i = n.pow(t, r);
	return yt(n, i, t), i;
}
function St(e, t) {
	let n = e, r = (n.ORDER - ut) / ft, i = n.mul(t, W), a = n.pow(i, r), o = n.mul(t, a), s = n.mul(n.mul(o, W), a), c = n.mul(o, n.sub(s, n.ONE));
	return yt(n, c, t), c;
}
function Ct(e) {
	let t = Nt(e), n = wt(e), r = n(t, t.neg(t.ONE)), i = n(t, r), a = n(t, t.neg(r)), o = (e + dt) / ht;
	return ((e, t) => {
		let n = e, s = n.pow(t, o), c = n.mul(s, r), l = n.mul(s, i), u = n.mul(s, a), d = n.eql(n.sqr(c), t), f = n.eql(n.sqr(l), t);
		s = n.cmov(s, c, d), c = n.cmov(u, l, f);
		let p = n.eql(n.sqr(c), t), m = n.cmov(s, c, p);
		return yt(n, m, t), m;
	});
}
function wt(e) {
	if (e < ct) throw Error("sqrt is not defined for small field");
	bt(e, "tonelliShanks");
	let t = e - U, n = 0;
	for (; t % W === H;) t /= W, n++;
	let r = W, i = Nt(e);
	for (; kt(i, r) === 1;) if (r++ > 1e3) throw Error("Cannot find square root: probably non-prime P");
	if (n === 1) return xt;
	let a = i.pow(r, t), o = (t + U) / W;
	return function(e, r) {
		let i = e;
		if (i.is0(r)) return r;
		if (kt(i, r) !== 1) throw Error("Cannot find square root");
		let s = n, c = i.mul(i.ONE, a), l = i.pow(r, t), u = i.pow(r, o);
		for (; !i.eql(l, i.ONE);) {
			if (i.is0(l)) throw Error("Cannot find square root: probably non-prime P");
			let e = 1, t = i.sqr(l);
			for (; !i.eql(t, i.ONE);) if (e++, t = i.sqr(t), e === s) throw Error("Cannot find square root");
			let n = U << BigInt(s - e - 1), r = i.pow(c, n);
			s = e, c = i.sqr(r), l = i.mul(l, c), u = i.mul(u, r);
		}
		return u;
	};
}
function Tt(e) {
	return bt(e, "Fp.sqrt"), e % lt === ct ? xt : e % ft === ut ? St : e % ht === pt ? Ct(e) : wt(e);
}
var Et = (e, t) => (G(e, t) & U) === U, Dt = [
	"create",
	"isValid",
	"is0",
	"neg",
	"inv",
	"sqrt",
	"sqr",
	"eql",
	"add",
	"sub",
	"mul",
	"pow",
	"div",
	"addN",
	"subN",
	"mulN",
	"sqrN"
];
function q(e) {
	if (L(e, "field"), typeof e.ORDER != "bigint") throw TypeError("param \"ORDER\" is invalid: expected bigint, got " + typeof e.ORDER);
	Ze(e.BYTES, "BYTES"), Ze(e.BITS, "BITS");
	for (let t of Dt) R(e[t], "field." + t);
	if (e.BYTES < 1 || e.BITS < 1) throw Error("invalid field: expected BYTES/BITS > 0");
	if (e.ORDER <= U) throw Error("invalid field: expected ORDER > 1, got " + e.ORDER);
	return e;
}
function Ot(e, t, n = !1) {
	q(e), Be(t, "nums"), z(n, "passZero");
	let r = e, i = Array(t.length).fill(n ? r.ZERO : void 0), a = t.reduce((e, t, n) => r.is0(t) ? e : (i[n] = e, r.mul(e, t)), r.ONE), o = r.inv(a);
	return t.reduceRight((e, t, n) => r.is0(t) ? e : (i[n] = r.mul(e, i[n]), r.mul(e, t)), o), i;
}
function kt(e, t) {
	q(e);
	let n = e;
	bt(n.ORDER, "FpLegendre");
	let r = (n.ORDER - U) / W, i = n.pow(t, r), a = n.eql(i, n.ONE), o = n.eql(i, n.ZERO), s = n.eql(i, n.neg(n.ONE));
	if (!a && !o && !s) throw Error("invalid Legendre symbol result");
	return a ? 1 : o ? 0 : -1;
}
function At(e, t) {
	if (t !== void 0 && Ve(t), e <= H) throw Error("invalid n length: expected positive n, got " + e);
	if (t !== void 0 && t < 1) throw Error("invalid n length: expected positive bit length, got " + t);
	let n = ot(e);
	if (t !== void 0 && t < n) throw Error(`invalid n length: expected nBitLength (${t}) >= bitLen(n) (${n})`);
	let r = t === void 0 ? n : t;
	return {
		nBitLength: r,
		nByteLength: Math.ceil(r / 8)
	};
}
var jt = /* @__PURE__ */ new WeakMap(), Mt = class {
	ORDER;
	BITS;
	BYTES;
	isLE;
	ZERO = H;
	ONE = U;
	_lengths;
	_mod;
	constructor(e, t = {}) {
		if (e <= U) throw Error("invalid field: expected ORDER > 1, got " + e);
		let n;
		this.isLE = !1, typeof t == "object" && t && (typeof t.BITS == "number" && (n = t.BITS), typeof t.sqrt == "function" && Object.defineProperty(this, "sqrt", {
			value: t.sqrt,
			enumerable: !0
		}), typeof t.isLE == "boolean" && (this.isLE = t.isLE), t.allowedLengths && (this._lengths = Object.freeze(t.allowedLengths.slice())), typeof t.modFromBytes == "boolean" && (this._mod = t.modFromBytes));
		let { nBitLength: r, nByteLength: i } = At(e, n);
		if (i > 2048) throw Error("invalid field: expected ORDER of <= 2048 bytes");
		this.ORDER = e, this.BITS = r, this.BYTES = i, Object.freeze(this);
	}
	create(e) {
		return G(e, this.ORDER);
	}
	isValid(e) {
		if (typeof e != "bigint") throw TypeError("invalid field element: expected bigint, got " + typeof e);
		return H <= e && e < this.ORDER;
	}
	is0(e) {
		return e === H;
	}
	isValidNot0(e) {
		return !this.is0(e) && this.isValid(e);
	}
	isOdd(e) {
		return (e & U) === U;
	}
	neg(e) {
		return G(-e, this.ORDER);
	}
	eql(e, t) {
		return e === t;
	}
	sqr(e) {
		return G(e * e, this.ORDER);
	}
	add(e, t) {
		return G(e + t, this.ORDER);
	}
	sub(e, t) {
		return G(e - t, this.ORDER);
	}
	mul(e, t) {
		return G(e * t, this.ORDER);
	}
	pow(e, t) {
		return _t(e, t, this.ORDER);
	}
	div(e, t) {
		return G(e * vt(t, this.ORDER), this.ORDER);
	}
	sqrN(e) {
		return e * e;
	}
	addN(e, t) {
		return e + t;
	}
	subN(e, t) {
		return e - t;
	}
	mulN(e, t) {
		return e * t;
	}
	inv(e) {
		return vt(e, this.ORDER);
	}
	sqrt(e) {
		let t = jt.get(this);
		return t || jt.set(this, t = Tt(this.ORDER)), t(this, e);
	}
	toBytes(e) {
		return this.isLE ? nt(e, this.BYTES) : tt(e, this.BYTES);
	}
	fromBytes(e, t = !1) {
		I(e);
		let { _lengths: n, BYTES: r, isLE: i, ORDER: a, _mod: o } = this;
		if (n) {
			if (e.length < 1 || !n.includes(e.length) || e.length > r) throw Error("Field.fromBytes: expected " + n + " bytes, got " + e.length);
			let t = new Uint8Array(r);
			t.set(e, i ? 0 : t.length - e.length), e = t;
		}
		if (e.length !== r) throw Error("Field.fromBytes: expected " + r + " bytes, got " + e.length);
		let s = i ? et(e) : $e(e);
		if (o && (s = G(s, a)), !t && !this.isValid(s)) throw Error("invalid field element: outside of range 0..ORDER");
		return s;
	}
	invertBatch(e) {
		return Ot(this, e, !0);
	}
	cmov(e, t, n) {
		return z(n, "condition"), n ? t : e;
	}
};
function Nt(e, t = {}) {
	return Object.freeze(Mt.prototype), new Mt(e, t);
}
// node_modules/@noble/curves/abstract/curve.js
var Pt = /* @__PURE__ */ BigInt(0), J = /* @__PURE__ */ BigInt(1), Ft = /* @__PURE__ */ BigInt(4), It = 16, Lt = 128, Rt = 5, zt = 2 ** 31;
function Bt(e) {
	let t = e;
	if (typeof t != "function") throw TypeError("\"Point\" expected constructor, got type=" + typeof e);
	R(t.fromAffine, "Point.fromAffine"), R(t.fromBytes, "Point.fromBytes"), R(t.fromHex, "Point.fromHex"), L(t.BASE, "Point.BASE"), L(t.ZERO, "Point.ZERO"), q(t.Fp), q(t.Fn);
}
function Vt(e, t) {
	Bt(e), Gt(t, e);
	let n = Ot(e.Fp, t.map((e) => e.Z));
	return t.map((t, r) => e.fromAffine(t.toAffine(n[r])));
}
function Ht(e, t, n = 1) {
	if (!Number.isSafeInteger(e) || e < n || e > t) throw Error("invalid window size, expected [" + n + ".." + t + "], got W=" + e);
}
function Ut(e, t) {
	let n = e * (4 * t + 128);
	if (n > zt) throw Error("invalid window size: table would need ~" + Math.ceil(n / 2 ** 20) + " MiB, max " + zt / 2 ** 20 + " MiB");
}
function Wt(e, t) {
	if (e !== void 0) {
		R(e, "randomBytes");
		try {
			let n = e(t);
			if (!Ge(n) || n.length !== t) return;
		} catch {
			return;
		}
		return e;
	}
}
function Gt(e, t) {
	Be(e, "points"), e.forEach((e, n) => {
		if (!(e instanceof t)) throw Error("invalid point at index " + n);
	});
}
function Kt(e, t, n) {
	if (!Array.isArray(e)) throw Error("array of scalars expected");
	e.forEach((e, r) => {
		if (!(n === void 0 ? t.isValid(e) : B(e) && e < n)) throw Error("invalid scalar at index " + r);
	});
}
var qt = /* @__PURE__ */ new WeakMap();
function Jt(e) {
	return qt.get(e) || 1;
}
function Yt(e, t) {
	let n = e.double(), r = [e];
	for (let e = 1; e < t; e++) r.push(r[e - 1].add(n));
	return r;
}
function Xt(e, t) {
	let n = 2 ** t, r = n / 2, i = BigInt(n - 1), a = [];
	for (; e > Pt;) {
		let t = 0;
		e & J && (t = Number(e & i), t >= r && (t -= n), e -= BigInt(t)), a.push(t), e >>= J;
	}
	return a;
}
function Zt(e, t, n) {
	let r = 2 ** t, i = r / 2, a = BigInt(r - 1), o = BigInt(t), s = [];
	for (let t = 0; t < n; t++) {
		let t = Number(e & a);
		e >>= o, t > i && (t -= r, e += J), s.push(t);
	}
	if (e !== Pt) throw Error("invalid wnaf");
	return s;
}
function Qt(e, t, n) {
	let r = 0;
	for (let e of n) r = Math.max(r, e.length);
	let i = e;
	for (let e = r - 1; e >= 0; e--) {
		e !== r - 1 && (i = i.double());
		for (let r = 0; r < n.length; r++) {
			let a = n[r][e];
			if (a) {
				let e = t[r][Math.abs(a) - 1 >> 1];
				i = i.add(a < 0 ? e.negate() : e);
			}
		}
	}
	return i;
}
var $t = class {
	Point;
	BASE;
	ZERO;
	randomBytes;
	wnafPrecomputes = /* @__PURE__ */ new WeakMap();
	baseCanBeBlinded;
	bits;
	constructor(e, t) {
		Bt(e), this.randomBytes = Wt(t, It), this.Point = e, this.BASE = e.BASE, this.ZERO = e.ZERO, this.bits = e.Fn.BITS;
	}
	buildWnafTable(e, t, n) {
		let r = Math.ceil(n / t) + 1, i = 2 ** (t - 1), a = [], o = e;
		for (let e = 0; e < r; e++) {
			let e = o;
			for (let t = 0; t < i; t++) a.push(e), e = e.add(o);
			o = a[a.length - 1].double();
		}
		return {
			W: t,
			bits: n,
			windows: r,
			comp: a
		};
	}
	wnafCachedCT(e, t) {
		let { W: n, windows: r, comp: i } = e, a = 2 ** (n - 1), o = Zt(t, n, r), s = this.ZERO, c = this.BASE;
		for (let e = 0; e < r; e++) {
			let t = o[e], n = e * a, r = Math.abs(t) - 1, l = i[n];
			for (let e = 1; e < a; e++) l = e === r ? i[n + e] : l;
			let u = l.negate();
			t === 0 ? c = c.add(i[n]) : s = s.add(t < 0 ? u : l);
		}
		return {
			p: s,
			f: c
		};
	}
	getWnafPrecomputes(e, t, n, r) {
		let i = this.wnafPrecomputes.get(t), a = i?.find((t) => t.W === e && t.bits === n);
		return a || (a = this.buildWnafTable(t, e, n), typeof r == "function" && (a = {
			...a,
			comp: r(a.comp)
		}), i || (i = [], this.wnafPrecomputes.set(t, i)), i.push(a)), a;
	}
	assertPoint(e) {
		if (!(e instanceof this.Point)) throw TypeError("\"point\" expected Point instance, got type=" + typeof e);
	}
	validateMulInput(e, t) {
		if (this.assertPoint(e), !it(t, J, this.Point.Fn.ORDER)) throw Error("invalid scalar");
	}
	runCT(e, t, n, r) {
		let i = Jt(e);
		return i === 1 ? this.fixedWindowCT(e, t, n) : this.wnafCachedCT(this.getWnafPrecomputes(i, e, n, r), t);
	}
	mulCT(e, t, n) {
		return this.validateMulInput(e, t), this.runCT(e, t, this.bits, n);
	}
	mulCTBlinded(e, t, n) {
		if (this.validateMulInput(e, t), this.randomBytes === void 0) throw Error("randomBytes is required for scalar blinding");
		let r = this.Point.Fn.BITS + Lt, i = this.randomBytes(It);
		if (!Ge(i) || i.length !== It) throw Error("randomBytes returned invalid byte array");
		i[0] = i[0] & 63 | 128;
		let a = t + $e(i) * this.Point.Fn.ORDER;
		return this.runCT(e, a, r, n);
	}
	fixedWindowCT(e, t, n) {
		let r = Rt, i = st(r), a = Array(32);
		a[0] = this.ZERO;
		for (let t = 1; t < 32; t++) a[t] = a[t - 1].add(e);
		let o = Math.ceil(n / r), s = this.ZERO;
		for (let e = o - 1; e >= 0; e--) {
			if (e !== o - 1) for (let e = 0; e < r; e++) s = s.double();
			let n = Number(t >> BigInt(e * r) & i), c = a[0];
			for (let e = 1; e < 32; e++) c = e === n ? a[e] : c;
			s = s.add(c);
		}
		return {
			p: s,
			f: s
		};
	}
	shouldBlind(e, t) {
		return this.randomBytes === void 0 ? !1 : t === J || e === this.BASE && (this.baseCanBeBlinded === void 0 && (this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0()), this.baseCanBeBlinded);
	}
	mulSecret(e, t, n, r) {
		return this.shouldBlind(e, n) ? this.mulCTBlinded(e, t, r) : this.mulCT(e, t, r);
	}
	mulUnsafe(e, t, n) {
		if (this.assertPoint(e), !B(t)) throw Error("invalid scalar");
		let r = Jt(e);
		if (r === 1 || t >= this.Point.Fn.ORDER) return en(this.Point, [e], [t], !0);
		let i = this.getWnafPrecomputes(r, e, this.bits, n);
		return this.wnafCachedCT(i, t).p;
	}
	setWindowSize(e, t) {
		this.assertPoint(e), Ht(t, this.bits), Ut((Math.ceil((this.bits + Lt) / t) + 1) * 2 ** (t - 1), this.Point.Fp.BYTES), qt.set(e, t), this.wnafPrecomputes.delete(e);
	}
	hasWindowSize(e) {
		return Jt(e) !== 1;
	}
};
function en(e, t, n, r = !1) {
	if (Bt(e), Gt(t, e), z(r, "allowOversized"), Kt(n, e.Fn, r ? e.Fn.ORDER ** Ft : void 0), t.length !== n.length) throw Error("arrays of points and scalars must have equal length");
	let i = t.map((e) => Yt(e, 4)), a = n.map((e) => Xt(e, 4));
	return Qt(e.ZERO, i, a);
}
function tn(e, t, n) {
	if (t) {
		if (t.ORDER !== e) throw Error("Field.ORDER must match order: Fp == p, Fn == n");
		return q(t), t;
	}
	return Nt(e, { isLE: n });
}
function nn(e, t, n = {}, r) {
	if (e !== "weierstrass" && e !== "edwards") throw Error("expected curve type \"weierstrass\" or \"edwards\"");
	if (r === void 0 && (r = e === "edwards"), !t || typeof t != "object") throw Error(`expected valid ${e} CURVE object`);
	V(n);
	for (let e of [
		"p",
		"n",
		"h"
	]) {
		let n = t[e];
		if (!(B(n) && n !== Pt)) throw Error(`CURVE.${e} must be positive bigint`);
	}
	let i = tn(t.p, n.Fp, r), a = tn(t.n, n.Fn, r), o = [
		"Gx",
		"Gy",
		"a",
		e === "weierstrass" ? "b" : "d"
	];
	for (let e of o) if (!i.isValid(t[e])) throw Error(`CURVE.${e} must be valid field element of CURVE.Fp`);
	return t = Object.freeze(Object.assign({}, t)), {
		CURVE: t,
		Fp: i,
		Fn: a
	};
}
function rn(e, t) {
	return function(n) {
		let r = e(n);
		return {
			secretKey: r,
			publicKey: t(r)
		};
	};
}
// node_modules/@noble/curves/abstract/edwards.js
var an = /* @__PURE__ */ BigInt(0), on = /* @__PURE__ */ BigInt(1), sn = /* @__PURE__ */ BigInt(2), cn = /* @__PURE__ */ BigInt(4), ln = /* @__PURE__ */ BigInt(8);
function un(e, t, n, r) {
	let i = e.sqr(n), a = e.sqr(r), o = e.add(e.mul(t.a, i), a), s = e.add(e.ONE, e.mul(t.d, e.mul(i, a)));
	return e.eql(o, s);
}
function dn(e, t = {}) {
	V(t, {}, {}, "extraOpts");
	let n = t, r = nn("edwards", e, n, n.FpFnLE), { Fp: i, Fn: a } = r, o = r.CURVE, { h: s } = o;
	if (kt(i, o.a) !== 1) throw Error("edwards: CURVE.a must be a square in Fp for complete addition formulas");
	if (kt(i, o.d) !== -1) throw Error("edwards: CURVE.d must be a non-square in Fp for complete addition formulas");
	V(n, {}, {
		uvRatio: "function",
		randomBytes: "function"
	});
	let c = n.randomBytes === void 0 ? Ke : n.randomBytes, l = sn << BigInt(i.BYTES * 8) - on;
	function u(e) {
		if (!i.isOdd) throw Error("Field does not have .isOdd()");
		return i.isOdd(e);
	}
	let d = n.uvRatio === void 0 ? (e, t) => {
		try {
			return {
				isValid: !0,
				value: i.sqrt(i.div(e, t))
			};
		} catch {
			return {
				isValid: !1,
				value: an
			};
		}
	} : n.uvRatio;
	if (!un(i, o, o.Gx, o.Gy)) throw Error("bad curve params: generator point");
	let f = i.eql(o.a, i.neg(i.ONE)) ? (e) => i.neg(e) : i.eql(o.a, i.ONE) ? (e) => e : (e) => i.mul(o.a, e);
	function p(e, t, n = !1) {
		let r = n ? on : an;
		return at("coordinate " + e, t, r, l), t;
	}
	function m(e) {
		if (!(e instanceof h)) throw Error("EdwardsPoint expected");
	}
	class h {
		static BASE = new h(o.Gx, o.Gy, i.ONE, i.mul(o.Gx, o.Gy));
		static ZERO = new h(i.ZERO, i.ONE, i.ONE, i.ZERO);
		static Fp = i;
		static Fn = a;
		X;
		Y;
		Z;
		T;
		constructor(e, t, n, r) {
			this.X = p("x", e), this.Y = p("y", t), this.Z = p("z", n, !0), this.T = p("t", r), Object.freeze(this);
		}
		static CURVE() {
			return o;
		}
		static fromAffine(e) {
			if (e instanceof h) throw Error("extended point not allowed");
			let { x: t, y: n } = e || {};
			return p("x", t), p("y", n), new h(t, n, i.ONE, i.mul(t, n));
		}
		static fromBytes(e, t = !1) {
			let n = i.BYTES, { a: r, d: a } = o;
			e = rt(I(e, n, "point")), z(t, "zip215");
			let s = rt(e), c = e[n - 1];
			s[n - 1] = c & -129;
			let f = et(s);
			at("point.y", f, an, t ? l : i.ORDER);
			let p = i.sqr(f), m = i.sub(p, i.ONE), g = i.sub(i.mulN(a, p), r), { isValid: _, value: v } = d(m, g);
			if (!_) throw Error("bad point: invalid y coordinate");
			let y = u(v), b = !!(c & 128);
			if (!t && i.is0(v) && b) throw Error("bad point: x=0 and x_0=1");
			return b !== y && (v = i.neg(v)), h.fromAffine({
				x: v,
				y: f
			});
		}
		static fromHex(e, t = !1) {
			return h.fromBytes(We(e), t);
		}
		get x() {
			return this.toAffine().x;
		}
		get y() {
			return this.toAffine().y;
		}
		precompute(e = 6, t = !0) {
			return _.setWindowSize(this, e), t || this.multiply(sn), this;
		}
		assertValidity() {
			let e = this, { a: t, d: n } = o;
			if (e.is0()) throw Error("bad point: ZERO");
			let { X: r, Y: a, Z: s, T: c } = e, l = i.sqr(r), u = i.sqr(a), d = i.sqr(s), f = i.sqr(d), p = i.mul(l, t), m = i.mul(i.add(p, u), d), h = i.add(f, i.mul(n, i.mul(l, u)));
			if (!i.eql(m, h)) throw Error("bad point: equation left != right (1)");
			let g = i.mul(r, a), _ = i.mul(s, c);
			if (!i.eql(g, _)) throw Error("bad point: equation left != right (2)");
		}
		equals(e) {
			m(e);
			let { X: t, Y: n, Z: r } = this, { X: a, Y: o, Z: s } = e, c = i.mul(t, s), l = i.mul(a, r), u = i.mul(n, s), d = i.mul(o, r);
			return i.eql(c, l) && i.eql(u, d);
		}
		is0() {
			return this.equals(h.ZERO);
		}
		negate() {
			return new h(i.neg(this.X), this.Y, this.Z, i.neg(this.T));
		}
		double() {
			let { X: e, Y: t, Z: n } = this, r = i.sqr(e), a = i.sqr(t), o = i.mul(i.sqr(n), sn), s = f(r), c = i.addN(e, t), l = i.sub(i.subN(i.sqr(c), r), a), u = i.addN(s, a), d = i.subN(u, o), p = i.subN(s, a), m = i.mul(l, d), g = i.mul(u, p), _ = i.mul(l, p), v = i.mul(d, u);
			return new h(m, g, v, _);
		}
		add(e) {
			m(e);
			let { d: t } = o, { X: n, Y: r, Z: a, T: s } = this, { X: c, Y: l, Z: u, T: d } = e, p = i.mul(n, c), g = i.mul(r, l), _ = i.mul(i.mulN(s, t), d), v = i.mul(a, u), y = i.sub(i.subN(i.mulN(i.addN(n, r), i.addN(c, l)), p), g), b = i.subN(v, _), x = i.addN(v, _), S = i.sub(g, f(p)), ee = i.mul(y, b), C = i.mul(x, S), w = i.mul(y, S), T = i.mul(b, x);
			return new h(ee, C, T, w);
		}
		subtract(e) {
			return m(e), this.add(e.negate());
		}
		multiply(e) {
			if (!a.isValidNot0(e)) throw RangeError("invalid scalar: expected 1 <= sc < curve.n");
			let { p: t, f: n } = _.mulSecret(this, e, s, g);
			return g([t, n])[0];
		}
		multiplyUnsafe(e) {
			if (!a.isValid(e)) throw RangeError("invalid scalar: expected 0 <= sc < curve.n");
			return e === an ? h.ZERO : this.is0() || e === on ? this : _.mulUnsafe(this, e, g);
		}
		isSmallOrder() {
			return this.clearCofactor().is0();
		}
		isTorsionFree() {
			return _.mulUnsafe(this, o.n).is0();
		}
		toAffine(e) {
			let t = this, n = e;
			if (n != null && typeof n != "bigint") throw TypeError("\"invertedZ\" expected bigint, got type=" + typeof n);
			let { X: r, Y: a, Z: o } = t, s = t.is0();
			n ??= s ? i.create(ln) : i.inv(o);
			let c = i.mul(r, n), l = i.mul(a, n), u = i.mul(o, n);
			if (s) return {
				x: i.ZERO,
				y: i.ONE
			};
			if (!i.eql(u, i.ONE)) throw Error("invZ was invalid");
			return {
				x: c,
				y: l
			};
		}
		clearCofactor() {
			return s === on ? this : s === sn ? this.double() : s === cn ? this.double().double() : s === ln ? this.double().double().double() : this.multiplyUnsafe(s);
		}
		toBytes() {
			let { x: e, y: t } = this.toAffine(), n = i.toBytes(t);
			return n[n.length - 1] |= u(e) ? 128 : 0, n;
		}
		toHex() {
			return He(this.toBytes());
		}
		toString() {
			return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
		}
	}
	let g = (e) => Vt(h, e), _ = new $t(h, c);
	return _.bits >= 6 && h.BASE.precompute(6), Object.freeze(h.prototype), Object.freeze(h), h;
}
function fn(e, t, n = {}) {
	if (Bt(e), typeof t != "function") throw Error("\"hash\" function param is required");
	let r = t, i = n;
	V(i, {}, {
		adjustScalarBytes: "function",
		randomBytes: "function",
		domain: "function",
		prehash: "function",
		zip215: "boolean",
		mapToCurve: "function",
		toMontgomery: "function",
		toMontgomerySecret: "function"
	});
	let { prehash: a } = i, { BASE: o, Fp: s, Fn: c } = e, l = r.outputLen, u = 2 * s.BYTES;
	if (l !== void 0 && (Ze(l, "hash.outputLen"), l !== u)) throw Error(`hash.outputLen must be ${u}, got ${l}`);
	let d = i.randomBytes === void 0 ? Ke : i.randomBytes, f = i.toMontgomery, p = i.toMontgomerySecret, m = i.adjustScalarBytes === void 0 ? (e) => e : i.adjustScalarBytes, h = i.domain === void 0 ? (e, t, n) => {
		if (z(n, "phflag"), t.length || n) throw Error("Contexts/pre-hash are not supported");
		return e;
	} : i.domain;
	function g(e) {
		return c.create(et(e));
	}
	function _(e) {
		let t = w.secretKey;
		I(e, w.secretKey, "secretKey");
		let n = I(r(e), 2 * t, "hashedSecretKey"), i = m(n.slice(0, t));
		return {
			head: i,
			prefix: n.slice(t, 2 * t),
			scalar: g(i)
		};
	}
	function v(e) {
		let { head: t, prefix: n, scalar: r } = _(e), i = o.multiply(r);
		return {
			head: t,
			prefix: n,
			scalar: r,
			point: i,
			pointBytes: i.toBytes()
		};
	}
	function y(e) {
		return v(e).pointBytes;
	}
	function b(e = Uint8Array.of(), ...t) {
		let n = Ue(...t);
		return g(r(h(n, I(e, void 0, "context"), !!a)));
	}
	function x(e, t, n = {}) {
		V(n, {}, {}, "options"), e = rt(I(e, void 0, "message")), a && (e = a(e));
		let { prefix: r, scalar: i, pointBytes: s } = v(t), l = b(n.context, r, e), u = o.multiply(l).toBytes(), d = b(n.context, u, s, e), f = c.create(l + d * i);
		if (!c.isValid(f)) throw Error("sign failed: invalid s");
		return I(Ue(u, c.toBytes(f)), w.signature, "result");
	}
	let S = { zip215: i.zip215 };
	function ee(t, n, r, i = S) {
		V(i);
		let { context: s } = i, c = i.zip215 === void 0 ? !!S.zip215 : i.zip215, l = w.signature;
		t = I(t, l, "signature"), n = I(n, void 0, "message"), r = I(r, w.publicKey, "publicKey"), c !== void 0 && z(c, "zip215"), a && (n = a(n));
		let u = l / 2, d = t.subarray(0, u), f = et(t.subarray(u, l)), p, m, h;
		try {
			p = e.fromBytes(r, c), m = e.fromBytes(d, c), h = o.multiplyUnsafe(f);
		} catch {
			return !1;
		}
		if (!c && p.isSmallOrder()) return !1;
		let g = b(s, d, r, n);
		return m.add(p.multiplyUnsafe(g)).subtract(h).clearCofactor().is0();
	}
	let C = s.BYTES, w = {
		secretKey: C,
		publicKey: C,
		signature: 2 * C,
		seed: C
	};
	function T(e) {
		return e = e === void 0 ? d(w.seed) : e, I(e, w.seed, "seed");
	}
	function E(e) {
		return Ge(e) && e.length === w.secretKey;
	}
	function D(t, n) {
		try {
			return !!e.fromBytes(t, n === void 0 ? S.zip215 : n);
		} catch {
			return !1;
		}
	}
	let O = {
		getExtendedPublicKey: v,
		randomSecretKey: T,
		isValidSecretKey: E,
		isValidPublicKey: D,
		toMontgomery(t) {
			if (f === void 0) throw Error("Montgomery conversion is not supported for this curve");
			return f(e.fromBytes(t));
		},
		toMontgomerySecret(e) {
			if (p === void 0) throw Error("Montgomery conversion is not supported for this curve");
			return p(e);
		}
	};
	return Object.freeze(w), Object.freeze(O), Object.freeze({
		keygen: rn(T, y),
		getPublicKey: y,
		sign: x,
		verify: ee,
		utils: O,
		Point: e,
		lengths: w
	});
}
// node_modules/@noble/curves/ed25519.js
var pn = /* @__PURE__ */ BigInt(1), mn = /* @__PURE__ */ BigInt(2), hn = /* @__PURE__ */ BigInt(5), gn = /* @__PURE__ */ BigInt(8), _n = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"), vn = {
	p: _n,
	n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
	h: gn,
	a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
	d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
	Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
	Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
};
function yn(e) {
	let t = BigInt(10), n = BigInt(20), r = BigInt(40), i = BigInt(80), a = _n, o = e * e % a * e % a, s = K(K(o, mn, a) * o % a, pn, a) * e % a, c = K(s, hn, a) * s % a, l = K(c, t, a) * c % a, u = K(l, n, a) * l % a, d = K(u, r, a) * u % a;
	return {
		pow_p_5_8: K(K(K(K(d, i, a) * d % a, i, a) * d % a, t, a) * c % a, mn, a) * e % a,
		b2: o
	};
}
function bn(e) {
	return e[0] &= 248, e[31] &= 127, e[31] |= 64, e;
}
var xn = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
function Sn(e, t) {
	let n = _n, r = G(t * t * t, n), i = yn(e * G(r * r * t, n)).pow_p_5_8, a = G(e * r * i, n), o = G(t * a * a, n), s = a, c = G(a * xn, n), l = o === e, u = o === G(-e, n), d = o === G(-e * xn, n);
	return l && (a = s), (u || d) && (a = c), Et(a, n) && (a = G(-a, n)), {
		isValid: l || u,
		value: a
	};
}
var Cn = /* @__PURE__ */ dn(vn, { uvRatio: Sn }), wn = Cn.Fp;
function Tn(e) {
	let { y: t } = e;
	return wn.toBytes(wn.div(pn + t, pn - t));
}
function En(e) {
	let t = Cn.Fp.BYTES;
	return j(e, t), bn(ze(e.subarray(0, t))).subarray(0, t);
}
function Dn(e) {
	return fn(Cn, ze, Object.assign({
		adjustScalarBytes: bn,
		toMontgomery: Tn,
		toMontgomerySecret: En,
		zip215: !0
	}, e));
}
var On = /* @__PURE__ */ Dn({}), kn = {
	sha256: (e) => Re(e),
	verify: (e, t, n) => {
		try {
			return On.verify(n, t, e, { zip215: !1 });
		} catch {
			return !1;
		}
	}
}, An = (e) => `candor-head ${e}`, jn = (e) => `candor-rows ${e}`, Mn = (e, t) => {
	try {
		return JSON.parse(e?.getItem(t) ?? "null");
	} catch {
		return null;
	}
}, Nn = (e, t) => typeof e == "object" && !!e && Object.entries(t).every(([t, n]) => typeof e[t] === n), Pn = (e) => Nn(e, {
	size: "number",
	root: "string",
	key: "string",
	seenAt: "number"
}), Fn = (e) => Nn(e, {
	size: "number",
	count: "number",
	digest: "string"
}), In = (e) => {
	let t = e !== void 0;
	return {
		get keeps() {
			return t;
		},
		head: (t) => {
			let n = Mn(e, An(t));
			return Pn(n) ? n : void 0;
		},
		rows: (t) => {
			let n = Mn(e, jn(t));
			return typeof n != "object" || !n ? {} : Object.fromEntries(Object.entries(n).filter((e) => Fn(e[1])));
		},
		remember: (n, r, i) => {
			try {
				for (let [t, n] of Object.entries(r)) e?.setItem(An(t), JSON.stringify(n));
				e?.setItem(jn(n), JSON.stringify(i));
			} catch {
				t = !1;
			}
		}
	};
}, Ln = {
	ed25519: 1,
	cosignature: 4
}, Rn = (e) => e.length > 0 && e.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(e), zn = (e, t, n, r) => g(e(c(s(`${t}\n`), Uint8Array.of(n), r)).subarray(0, 4)), Bn = (t, n, r, i) => {
	if (!Rn(n) || i.length !== 32) throw new e("key", "not a verifier key");
	return {
		name: n,
		type: r,
		publicKey: i,
		keyId: zn(t, n, r, i)
	};
}, Vn = (t, n) => {
	let [r, i, ...a] = n.split("+"), o = m(a.join("+")), s = Object.values(Ln).find((e) => e === o[0]);
	if (r === void 0 || s === void 0) throw new e("key", "not a verifier key");
	let c = Bn(t, r, s, o.subarray(1));
	if (c.keyId !== i) throw new e("key", "the key hash does not fit the key");
	return c;
}, Hn = 100, Un = "— ", Y = () => new e("note", "not a signed note"), Wn = (e) => {
	let t = e.endsWith("\n") ? e.slice(0, -1) : e, [n, r, ...i] = t.startsWith(Un) ? t.slice(2).split(" ") : [];
	if (n === void 0 || r === void 0 || i.length > 0 || !Rn(n)) throw Y();
	let a = m(r);
	if (a.length < 5) throw Y();
	return {
		name: n,
		keyId: g(a.subarray(0, 4)),
		signature: a.subarray(4)
	};
}, Gn = (e) => {
	if (!e.isWellFormed() || /[^\P{Cc}\n\u007f-\u009f]/u.test(e) || !e.endsWith("\n")) throw Y();
	let t = e.lastIndexOf("\n\n");
	if (t < 0) throw Y();
	let n = e.slice(t + 2, -1).split("\n");
	if (n.length > Hn) throw Y();
	return {
		text: e.slice(0, t + 1),
		signatures: n.map(Wn)
	};
}, Kn = (e, t) => e.signatures.find((e) => e.name === t.name && e.keyId === t.keyId), qn = (t, n, r) => {
	let i = Gn(n), a = Kn(i, r);
	if (r.type !== Ln.ed25519 || a === void 0) throw new e("signature", "not signed by this key");
	if (!t.verify(r.publicKey, s(i.text), a.signature)) throw new e("signature", "the signature is not genuine");
	return i;
}, Jn = (e, t) => s(`cosignature/v1\ntime ${e}\n${t}`), Yn = (t) => {
	if (t.signature.length !== 72) throw new e("cosignature", "not a cosignature");
	let { buffer: n, byteOffset: r } = t.signature;
	return Number(new DataView(n, r, 8).getBigUint64(0));
}, Xn = (t, n, r, i) => {
	let a = Wn(r);
	if (i.type !== Ln.cosignature || a.name !== i.name || a.keyId !== i.keyId) throw new e("cosignature", "not cosigned by this witness");
	let o = Yn(a);
	if (!Number.isSafeInteger(o) || !t.verify(i.publicKey, Jn(o, n), a.signature.subarray(8))) throw new e("cosignature", "the cosignature is not genuine");
	return o;
}, Zn = (t) => {
	let n = new e("checkpoint", "not a checkpoint");
	if (!t.endsWith("\n")) throw n;
	let r = t.slice(0, -1).split("\n"), [i, a, o] = r;
	if (i === void 0 || a === void 0 || o === void 0 || r.includes("") || !/^(?:0|[1-9][0-9]{0,15})$/.test(a) || !Number.isSafeInteger(Number(a))) throw n;
	let s = m(o);
	if (s.length !== 32) throw n;
	return {
		origin: i,
		size: Number(a),
		root: s
	};
}, Qn = (e) => Zn(Gn(e).text), $n = (t, n, r) => {
	let i = Zn(qn(t, n, r).text);
	if (i.origin !== r.name) throw new e("checkpoint", "the origin is not this log");
	return i;
}, er = (e, t) => e(s(`\0${t}`)), X = (e, t, n) => (tr[0] = 1, tr.set(t, 1), tr.set(n, 33), e(tr)), tr = /* @__PURE__ */ new Uint8Array(65), Z = (e) => Math.floor(e / 2), Q = (e) => e % 2 == 1, nr = (e) => Number.isSafeInteger(e) && e >= 0, rr = (e, t) => {
	if (!nr(t.index) || !nr(t.size) || t.index >= t.size) return !1;
	let n = t.index, r = t.size - 1, i = t.leaf;
	for (let a of t.proof) {
		if (r === 0 || a.length !== 32) return !1;
		if (Q(n) || n === r) for (i = X(e, a, i); !Q(n) && n !== 0;) n = Z(n), r = Z(r);
		else i = X(e, i, a);
		n = Z(n), r = Z(r);
	}
	return r === 0 && l(i, t.root);
}, ir = (e, t) => {
	let { oldSize: n, oldRoot: r, newSize: i, newRoot: a, proof: o } = t;
	if (!nr(n) || !nr(i) || n > i) return !1;
	if (n === i) return o.length === 0 && l(r, a);
	if (n === 0) return o.length === 0 && l(r, e(/* @__PURE__ */ new Uint8Array()));
	if (o.some((e) => e.length !== 32)) return !1;
	let s = n - 1, c = i - 1;
	for (; Q(s);) s = Z(s), c = Z(c);
	let u = s === 0 ? [r, ...o] : o, d = u[0];
	if (d === void 0) return !1;
	let f = d, p = d;
	for (let t of u.slice(1)) {
		if (c === 0) return !1;
		if (Q(s) || s === c) for (f = X(e, t, f), p = X(e, t, p); !Q(s) && s !== 0;) s = Z(s), c = Z(c);
		else p = X(e, p, t);
		s = Z(s), c = Z(c);
	}
	return c === 0 && l(f, r) && l(p, a);
}, ar = (t, n) => {
	let r = -1;
	try {
		let e = Vn(t.sha256, n.public_key);
		if (e.name !== n.origin) return "checkpoint";
		let { size: i, root: a } = $n(t, n.checkpoint, e);
		for (let e of n.rows) {
			r = e.i;
			let n = er(t.sha256, e.entry), o = e.proof.map(m);
			if (!rr(t.sha256, {
				index: r,
				size: i,
				leaf: n,
				root: a,
				proof: o
			})) return r;
		}
		return;
	} catch (t) {
		if (t instanceof e) return r < 0 ? "checkpoint" : r;
		throw t;
	}
}, or = (e, t) => Bn(e.sha256, t.kid, Ln.cosignature, h(t.x)), sr = (t, n, r) => {
	let { text: i } = Gn(n.checkpoint);
	for (let a of n.cosignatures) try {
		return Xn(t, i, a, r);
	} catch (t) {
		if (!(t instanceof e)) throw t;
	}
	return null;
}, cr = (e) => {
	let { at: t } = JSON.parse(e);
	return typeof t == "number" ? new Date(t).toISOString() : void 0;
}, lr = (e, { logs: t }, n, r) => {
	let i = new Map(r.map(({ place: e, time: t }) => [e, t])), a = 0, o = Infinity;
	for (let r of t) {
		let t = ar(e, r);
		if (t === "checkpoint") return {
			verdict: "invalid",
			what: "checkpoint",
			where: r.origin
		};
		if (t !== void 0) return {
			verdict: "invalid",
			what: "row",
			where: `${r.origin} ${t}`
		};
		for (let e of r.rows) {
			let t = `${r.origin} ${e.i}`, n = i.get(t);
			if (n === void 0) return {
				verdict: "invalid",
				what: "hidden",
				where: t
			};
			if (n !== cr(e.entry)) return {
				verdict: "invalid",
				what: "time",
				where: t
			};
			i.delete(t), a += 1;
		}
		let s = sr(e, r, n);
		o = s === null || o === null ? null : Math.min(o, s);
	}
	let [s] = i.keys();
	return s === void 0 ? {
		verdict: "valid",
		rows: a,
		logs: t.length,
		witnessed: t.length === 0 ? null : o
	} : {
		verdict: "invalid",
		what: "shown",
		where: s
	};
}, ur = (e, t) => {
	let { size: n, root: r } = Qn(e.checkpoint);
	return {
		size: n,
		root: f(r),
		key: e.public_key,
		seenAt: t
	};
}, dr = async (e, t, n, r) => {
	if (t === void 0) return "first";
	if (t.key !== n.key) return "otherKey";
	if (n.size < t.size) return "shrunk";
	if (n.size === t.size) return n.root === t.root ? "same" : "rewritten";
	let i;
	try {
		i = await r(t.size, n.size);
	} catch {
		return "unproven";
	}
	return fr(e, t, n, i) ? "grown" : "rewritten";
}, fr = (t, n, r, i) => {
	try {
		return ir(t.sha256, {
			oldSize: n.size,
			oldRoot: m(n.root),
			newSize: r.size,
			newRoot: m(r.root),
			proof: i.map(m)
		});
	} catch (t) {
		if (t instanceof e) return !1;
		throw t;
	}
}, pr = (e, t, n) => {
	let r = t.rows.filter((e) => e.i < n), i = r.map((t) => er(e.sha256, t.entry));
	return {
		size: n,
		count: r.length,
		digest: f(e.sha256(c(...i)))
	};
}, mr = (e, t, n) => {
	let r = pr(e, n, t.size);
	return r.count === t.count && r.digest === t.digest;
}, hr = async (e, t, { link: n, disclosure: r, now: i }, a) => {
	let o = {}, s = new Map(r.logs.map((e) => [e.origin, e])), c = null;
	for (let n of r.logs) {
		let r = ur(n, i), s = t.head(n.origin), l = await dr(e, s, r, (e, t) => a(n.origin, e, t));
		if (l !== "first" && l !== "same" && l !== "grown") return {
			verdict: "broken",
			what: l,
			where: n.origin,
			before: s,
			now: r.size
		};
		s !== void 0 && (c = Math.min(c ?? Infinity, s.seenAt)), o[n.origin] = r;
	}
	for (let [r, i] of Object.entries(t.rows(n))) {
		let n = s.get(r);
		if (n === void 0 || !mr(e, i, n)) return {
			verdict: "broken",
			what: "missing",
			where: r,
			before: t.head(r),
			now: o[r]?.size ?? null
		};
	}
	let l = Object.fromEntries(r.logs.map((t) => [t.origin, pr(e, t, o[t.origin]?.size ?? 0)]));
	return t.remember(n, o, l), {
		verdict: "continues",
		since: c,
		kept: t.keeps
	};
}, gr = {
	"zh-CN": {
		running: "正在您的设备上验证…",
		failed: "没能在您的设备上验证，下面是服务器的核对结果；可下载证明文件自行核对。",
		valid: (e, t) => `✓ 已在您的设备上验证：${e} 条记录均在 ${t} 台设备的签名日志中，未被删改`,
		witnessed: (e) => `平台作为见证方联署于 ${e}；此后的记录会在下次同步后出现。`,
		unwitnessed: "签名有效，但没有见证方的联署：日志末尾是否缺少记录，无法由此证明。",
		firstVisit: "此浏览器已记下日志现在的长度和指纹，下次打开时会核对它只增加、没有缩短或改写。",
		followed: (e) => `与您 ${e} 看到的日志相比：只有增加，没有缩短或改写。`,
		notKept: "此浏览器不保存数据，无法与您上次看到的日志比较。",
		invalid: {
			checkpoint: "✗ 一台设备的日志签名无效",
			row: "✗ 一条记录不在签名的日志中",
			hidden: "✗ 日志中有一条记录没有显示在本页",
			shown: "✗ 本页显示的一条记录没有证明",
			time: "✗ 一条记录显示的时间与日志不符"
		},
		broken: {
			shrunk: "✗ 一台设备的日志比您上次看到的短",
			rewritten: "✗ 一台设备的日志被改写：它不是您上次看到的日志的延续",
			otherKey: "✗ 一台设备的日志换了签名密钥",
			missing: "✗ 您上次看到的记录，这次没有显示",
			unproven: "⚠ 日志变长了，但服务器没有证明它是您上次看到的日志的延续"
		},
		sizes: (e, t, n) => `您 ${e} 看到 ${t} 条（含他人的），现在${n === null ? "没有这份日志" : `是 ${n} 条`}。`,
		afterYears: "资料销毁满一年（有请求或同意的满三年）后，日志按规定不再与您对应，那时没有显示是正常的。",
		where: (e) => `位置：${e}`,
		officer: "请保存本页和证明文件，联系该公司的个人信息保护负责人。"
	},
	"en-US": {
		running: "Checking on your device…",
		failed: "This could not be checked on your device; below is what the server found. You can download the proofs and check them yourself.",
		valid: (e, t) => `✓ Checked on your device: ${e === 1 ? "1 record stands" : `${e} records stand`} in the signed logs of ${t === 1 ? "1 device" : `${t} devices`}, unaltered`,
		witnessed: (e) => `The platform cosigned as a witness at ${e}; later records appear after the next sync.`,
		unwitnessed: "The signatures are good, but no witness cosigned: whether records are missing at the end cannot be proven by this.",
		firstVisit: "This browser now remembers the log’s length and fingerprint; at your next visit it checks that the log only grew and was neither cut nor rewritten.",
		followed: (e) => `Compared with what you saw at ${e}: the log only grew and was neither cut nor rewritten.`,
		notKept: "This browser keeps no data, so nothing can be compared with what you saw last time.",
		invalid: {
			checkpoint: "✗ The signature of a device’s log is not genuine",
			row: "✗ A record does not stand in the signed log",
			hidden: "✗ A record of the log is not shown on this page",
			shown: "✗ A record on this page has no proof",
			time: "✗ A record is shown with another time than the log has"
		},
		broken: {
			shrunk: "✗ A device’s log is shorter than the one you saw last time",
			rewritten: "✗ A device’s log was rewritten: it does not continue the one you saw last time",
			otherKey: "✗ A device’s log is signed by another key than last time",
			missing: "✗ Records that you saw last time are not shown any more",
			unproven: "⚠ The log has grown, but the server gave no proof that it continues the one you saw last time"
		},
		sizes: (e, t, n) => `At ${e} you saw ${t} records (others’ included); ${n === null ? "now this log is not there" : `now there are ${n}`}.`,
		afterYears: "A year after your data were destroyed (three where there was a request or a consent) the log no longer leads to you, as the rules have it; then this is no fault.",
		where: (e) => `Where: ${e}`,
		officer: "Please keep this page and the proofs, and contact the company’s personal information protection officer."
	}
}, _r = document.documentElement.lang === "en-US" ? "en-US" : "zh-CN", $ = gr[_r], vr = decodeURIComponent(location.pathname.split("/")[2] ?? ""), yr = p(kn.sha256(s(vr))), br = `Bearer ${vr}`, xr = async (e, t = {}) => {
	let n = await fetch(e, {
		headers: t,
		cache: "no-store",
		credentials: "omit",
		referrerPolicy: "no-referrer"
	});
	if (!n.ok) throw Error(`answered ${n.status}`);
	return n.json();
}, Sr = () => [...document.querySelectorAll("[data-place]")].map((e) => ({
	place: e.getAttribute("data-place") ?? "",
	time: e.querySelector("time")?.dateTime ?? ""
})), Cr = () => {
	try {
		return localStorage;
	} catch {
		return;
	}
}, wr = async (e, t, n) => {
	let r = await xr(`/v1/candidate/growth?${new URLSearchParams({
		origin: e,
		from: String(t),
		to: String(n)
	})}`, { authorization: br });
	if (!Array.isArray(r.consistency)) throw Error("no proof");
	return r.consistency.map(String);
}, Tr = new Intl.DateTimeFormat(_r, {
	timeZone: "Asia/Shanghai",
	dateStyle: "medium",
	timeStyle: "short"
}), Er = (e) => Tr.format(e), Dr = (e) => [
	$.broken[e.what],
	...e.before === void 0 ? [] : [$.sizes(Er(e.before.seenAt), e.before.size, e.now)],
	$.where(e.where),
	...e.what === "missing" ? [$.afterYears] : [],
	$.officer
], Or = ({ since: e, kept: t }) => t ? e === null ? $.firstVisit : $.followed(Er(e)) : $.notKept, kr = async () => {
	let e = await xr("/v1/candidate/views", { authorization: br }), { keys: t } = await xr("/.well-known/candor"), [n] = t;
	if (n === void 0) throw Error("the hub names no witness");
	let r = lr(kn, e, or(kn, n), Sr());
	if (r.verdict === "invalid") return {
		state: "invalid",
		lines: [
			$.invalid[r.what],
			$.where(r.where),
			$.officer
		]
	};
	let i = {
		link: yr,
		disclosure: e,
		now: Date.now()
	}, a = await hr(kn, In(Cr()), i, wr);
	if (a.verdict === "broken") return {
		state: a.what === "unproven" ? "unproven" : "invalid",
		lines: Dr(a)
	};
	if (r.logs === 0) return {
		state: "valid",
		lines: []
	};
	let o = r.witnessed === null ? $.unwitnessed : $.witnessed(Er(r.witnessed * 1e3));
	return {
		state: "valid",
		lines: [
			$.valid(r.rows, r.logs),
			Or(a),
			o
		]
	};
}, Ar = (e, { state: t, lines: n }) => {
	let r = n.map((e, t) => {
		let n = document.createElement("p");
		return n.textContent = e, t > 0 && (n.className = "small"), n;
	}), i = document.createElement("div");
	if (i.dataset.verdict = t, i.append(...r), e.querySelector("[data-verdict]")?.remove(), e.prepend(i), t === "valid" || t === "invalid" || t === "unproven") for (let t of e.querySelectorAll("[data-by-server]")) t.remove();
	let a = t === "invalid" || t === "unproven";
	e.classList.toggle("warn", a), a && (e.hidden = !1, document.querySelector("h1")?.after(e));
}, jr = document.querySelector("[data-proof]");
jr !== null && (Ar(jr, {
	state: "running",
	lines: [$.running]
}), kr().catch(() => ({
	state: "failed",
	lines: [$.failed]
})).then((e) => Ar(jr, e)).catch(() => void 0));
